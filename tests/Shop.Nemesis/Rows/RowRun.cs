using Shop.Asl;
using Shop.Nemesis.Checking;
using Shop.Nemesis.History;
using Shop.Nemesis.Running;
using Shop.Nemesis.Traffic;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Nemesis.Rows;

internal sealed record Band(string Fault, DateTimeOffset From)
{
    public DateTimeOffset? To { get; set; }
}

internal sealed record Finding(string Text, bool Holds);

internal sealed record Moment(DateTimeOffset At, string Text);

/// <summary>One run of one row: what it injects, how it proves that this took effect, and what it expects.</summary>
internal sealed class RowRun(NemesisStore store, CancellationToken cancellationToken)
{
    private readonly Lock _lock = new();
    private readonly List<Band> _bands = [];
    private readonly List<Finding> _proofs = [];
    private readonly List<Finding> _expectations = [];
    private readonly List<string> _deviations = [];
    private readonly List<Moment> _timeline = [];

    public NemesisStore Store => store;

    public RehearsalHost Host => store.Host;

    public CancellationToken Cancel => cancellationToken;

    public DateTimeOffset Since { get; } = TimeProvider.System.GetUtcNow();

    public long FirstOperation { get; } = store.Log.All.Count;

    /// <summary>Where the store runs when the row begins, and where it can move to.</summary>
    public string From { get; } = store.Host.ActiveRegion;

    public string To { get; } = store.Host.Options.Peer(store.Host.ActiveRegion);

    public PacedTraffic? Traffic { get; private set; }

    public List<UiVisitor> Visitors { get; } = [];

    public ReplayFacts? Replay { get; set; }

    public RecoveryFacts? Recovery { get; set; }

    public IReadOnlyList<Band> Bands => [.. _bands];

    public IReadOnlyList<Finding> Proofs => [.. _proofs];

    public IReadOnlyList<Finding> Expectations => [.. _expectations];

    public IReadOnlyList<string> Deviations => [.. _deviations];

    public IReadOnlyList<Moment> Timeline
    {
        get
        {
            lock (_lock)
            {
                return [.. _timeline];
            }
        }
    }

    public void Say(string text)
    {
        lock (_lock)
        {
            _timeline.Add(new Moment(TimeProvider.System.GetUtcNow(), text));
        }
    }

    /// <summary>The fault is in force from now on, until the band is ended.</summary>
    public Band Injected(string fault)
    {
        Say($"fault: {fault}");
        store.Log.Add(0, OperationType.Info, "nemesis", o => o with { Note = fault });
        var band = new Band(fault, TimeProvider.System.GetUtcNow());
        _bands.Add(band);
        return band;
    }

    public void Ended(Band band)
    {
        band.To ??= TimeProvider.System.GetUtcNow();
        Say($"ended: {band.Fault}");
        store.Log.Add(0, OperationType.Info, "heal", o => o with { Note = band.Fault });
    }

    public void EndBands()
    {
        foreach (var band in _bands.Where(b => b.To is null))
        {
            Ended(band);
        }
    }

    /// <summary>A fault in words, with Regions as <c>FROM</c> and <c>TO</c>, for as long as it is not disposed of. Proves by itself that somebody met it, if the fault counts that.</summary>
    public async Task<WordFault> FaultAsync(string words, bool proves = true)
    {
        var kind = FaultPhrase.Parse(words.Replace("FROM", From, StringComparison.Ordinal).Replace("TO", To, StringComparison.Ordinal), r => r!);
        var fault = new WordFault(this, kind, Host.Faults.Met(kind) ?? 0, proves);
        Host.Faults.Start(kind, null);
        await Host.Faults.Settled;
        return fault;
    }

    /// <summary>Whether this is the selection that every test run has: then rows with several sizes take one.</summary>
    public bool IsShort { get; init; }

    public HashSet<Guid> Excluded { get; } = [];

    /// <summary>Orders that the row destroyed on purpose, so that the checker can't be asked about them.</summary>
    public void Exclude(IEnumerable<Guid> keys) => Excluded.UnionWith(keys);

    public void Prove(string text, bool holds) => Note(_proofs, "proof", text, holds);

    public void Expect(string text, bool holds) => Note(_expectations, "expected", text, holds);

    /// <summary>The store did something else than the matrix says, and nothing was broken by it.</summary>
    public void Deviates(string text)
    {
        Say($"deviation: {text}");
        _deviations.Add(text);
    }

    public async Task TrafficAsync(double perSecond = 3, double warmUpSeconds = 4)
    {
        Traffic = new PacedTraffic(store.Buyer, store.Catalog, new Random(store.Random.Next()));
        Traffic.Start(perSecond);
        Say($"{perSecond} buyers a second");
        await Task.Delay(TimeSpan.FromSeconds(warmUpSeconds), cancellationToken);
    }

    public async Task StopTrafficAsync()
    {
        if (Traffic is { } traffic)
        {
            Traffic = null;
            await traffic.DisposeAsync();
            Say($"buyers have gone: {traffic.Acknowledged.Count} orders acknowledged");
        }
    }

    public async Task<Execution> EndedAsync(Execution execution)
    {
        await NemesisStore.EndedAsync(execution, cancellationToken);
        Say($"{execution.StateMachineName}: {execution.Status} {execution.Outcome.Error}");
        return execution;
    }

    public async Task<Execution> SucceededAsync(Execution execution)
    {
        await EndedAsync(execution);
        Expect($"{execution.StateMachineName} succeeds{(execution.Status == ExecutionStatus.Succeeded ? "" : $" (it ended {execution.Status}: {execution.Outcome.Error} {(execution.Outcome.Cause is { Length: > 300 } cause ? cause[..300] + "…" : execution.Outcome.Cause)})")}", execution.Status == ExecutionStatus.Succeeded);
        return execution;
    }

    public async Task<bool> UntilAsync(Func<Task<bool>> holds, double seconds = 60) => await NemesisStore.UntilAsync(holds, TimeSpan.FromSeconds(seconds), cancellationToken);

    public async Task<bool> UntilAsync(Func<bool> holds, double seconds = 60) => await NemesisStore.UntilAsync(holds, TimeSpan.FromSeconds(seconds), cancellationToken);

    public UiVisitor Visitor()
    {
        var visitor = new UiVisitor(Host.Store, store.Log);
        Visitors.Add(visitor);
        return visitor;
    }

    public int MovesOf(string database) => Host.Aurora.Global(database).Failovers.Count;

    private void Note(List<Finding> to, string kind, string text, bool holds)
    {
        Say($"{kind}: {text}: {(holds ? "yes" : "NO")}");
        to.Add(new Finding(text, holds));
    }

    /// <summary>A fault given in words while it is in force.</summary>
    internal sealed class WordFault(RowRun run, FaultKind kind, long metBefore, bool proves) : IAsyncDisposable
    {
        private readonly Band _band = run.Injected(kind.Name);
        private bool _ended;

        public long Met => (run.Host.Faults.Met(kind) ?? 0) - (kind.Action is FaultAction.OfService ? 0 : metBefore);

        public async ValueTask DisposeAsync()
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            var counts = run.Host.Faults.Met(kind) is not null;
            var met = Met;
            run.Host.Faults.End(kind, null);
            await run.Host.Faults.Settled;
            run.Ended(_band);
            if (proves && counts)
            {
                run.Prove($"'{kind.Name}' was met {met} times", met > 0);
            }
        }
    }
}
