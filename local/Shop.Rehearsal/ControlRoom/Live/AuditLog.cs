using Shop.Rehearsal.Hosting;

namespace Shop.Rehearsal.ControlRoom.Live;

/// <summary>Who told the rehearsal to do what, when, why, and what came of it. The newest entries of a run.</summary>
internal sealed class AuditLog(TimeProvider time)
{
    private const int MostKept = 500;
    private readonly Lock _lock = new();
    private readonly List<AuditEntry> _entries = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<AuditEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries.AsEnumerable().Reverse()];
            }
        }
    }

    public AuditEntry Begin(CommandRequest request) => Keep(new AuditEntry(time.GetUtcNow(), request.By, request.Via, request.Text, request.Reason));

    public void End(AuditEntry entry, bool succeeded, string answer)
    {
        lock (_lock)
        {
            entry.Succeeded = succeeded;
            entry.Answer = answer;
        }
    }

    private AuditEntry Keep(AuditEntry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
            if (_entries.Count > MostKept)
            {
                _entries.RemoveAt(0);
            }

            return entry;
        }
    }
}

internal sealed class AuditEntry(DateTimeOffset at, string by, string via, string command, string? reason)
{
    public DateTimeOffset At { get; } = at;

    public string By { get; } = by;

    public string Via { get; } = via;

    public string Command { get; } = command;

    public string? Reason { get; } = reason;

    /// <summary>Null while it is being done.</summary>
    public bool? Succeeded { get; set; }

    public string? Answer { get; set; }
}
