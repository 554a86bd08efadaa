namespace Shop.Rehearsal.Drill;

/// <summary>What happened when, printed as it happens; and the phases between the marks.</summary>
internal sealed class Timeline(TimeProvider time, TextWriter output)
{
    private readonly Lock _lock = new();
    private readonly List<DrillPhase> _phases = [];
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private (string Name, DateTimeOffset At)? _open;

    public IReadOnlyList<DrillPhase> Phases
    {
        get
        {
            lock (_lock)
            {
                return [.. _phases];
            }
        }
    }

    public DateTimeOffset Say(string text)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            output.WriteLine($"[{(now - _startedAt).TotalSeconds,8:0.000} s] {text}");
        }

        return now;
    }

    /// <summary>Closes the phase that is open and opens another. Answers the moment between them.</summary>
    public DateTimeOffset Enter(string phase, string text)
    {
        var now = Say(text);
        lock (_lock)
        {
            CloseAt(now);
            _open = (phase, now);
        }

        return now;
    }

    public void End()
    {
        lock (_lock)
        {
            CloseAt(time.GetUtcNow());
        }
    }

    /// <summary>Adds a phase that was measured elsewhere, for example from an execution's history.</summary>
    public void Add(string name, DateTimeOffset startedAt, DateTimeOffset endedAt)
    {
        lock (_lock)
        {
            _phases.Add(new DrillPhase(name, startedAt, Math.Round((endedAt - startedAt).TotalSeconds, 3)));
        }
    }

    private void CloseAt(DateTimeOffset now)
    {
        if (_open is var (name, at))
        {
            _phases.Add(new DrillPhase(name, at, Math.Round((now - at).TotalSeconds, 3)));
            _open = null;
        }
    }
}
