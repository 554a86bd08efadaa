using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Storage;

namespace Shop.Reconciliation.Tasks;

/// <summary>Looks at both sides, lists at once what the tail of the time column already shows, and cuts the key space into what is compared.</summary>
/// <param name="files">Takes the tail and the manifest.</param>
/// <param name="keys">Where the run's files are.</param>
/// <param name="hash">Another hash than the plan's: for tests.</param>
internal sealed class RunPlanner(IReportFiles files, RunKeys keys, RowHash? hash = null)
{
    private const int MaxTail = 20_000;

    // A larger table gets larger ranges, so that the list of them stays a page or two.
    private const int MaxRanges = 20_000;

    /// <summary>Ranges of a group; fewer groups than <see cref="MaxGroups"/> if that is the tighter limit.</summary>
    public int RangesPerGroup { get; init; } = 1;

    public int MaxGroups { get; init; } = int.MaxValue;

    /// <summary>Cuts nothing: the window is all that is wanted.</summary>
    public bool OnlyWindow { get; init; }

    /// <summary>Hears of the window's result, long before anything else is known.</summary>
    public Action<TailCounts>? TailCompared { get; init; }

    /// <summary>Hears what a person should know before anything is compared.</summary>
    public Action<IReadOnlyList<string>>? Warned { get; init; }

    /// <summary>Hears how many rows have been cut into ranges, of about how many.</summary>
    public Action<long, long>? Cut { get; init; }

    public async Task<RunManifest> PlanAsync(
        ReconciliationPlan plan, PlanInput input, SnapshotSession source, SnapshotSession target, CancellationToken cancellationToken)
    {
        var rowHash = hash ?? RowHash.Named(plan.Hash);
        var schemas = await BothSchemas.ReadAsync(ComparedTables.TablesOf(plan), source, target, cancellationToken);
        PlanColumns.Check(plan, schemas);
        var notes = new List<string>();
        plan = PlanColumns.OnBothSides(plan, schemas, notes);
        var tables = ComparedTables.Of(plan, schemas);
        var sql = new AggregateSql(tables, rowHash);
        var (ours, theirs) = (new RangeReader(source, sql), new RangeReader(target, sql));
        var checks = new PlanChecks(plan, tables, source, target);
        tables = tables with { Drift = [.. tables.Drift, .. await checks.OwnerlessAsync(ours, theirs, cancellationToken)], Notes = [.. tables.Notes, .. notes] };
        var mark = plan.Replay?.RecoveredFrom is { } column && schemas[plan.Root.Table].Target.Any(c => string.Equals(c.Name, column, StringComparison.OrdinalIgnoreCase)) ? column : null;
        var boundary = await new BoundaryReader(plan, mark).ReadAsync(input, ours, theirs, cancellationToken);
        var warnings = await checks.WarningsAsync(input, mark, boundary, theirs, cancellationToken);
        Warned?.Invoke([.. notes, .. warnings]);
        var window = SqlTime.Iso(WindowStart(plan, input, boundary));
        var tail = await CompareTailAsync(plan, input, boundary, ours, theirs, cancellationToken);
        if (tail is not null)
        {
            TailCompared?.Invoke(tail);
        }

        var estimate = await ours.EstimateAsync(cancellationToken);
        var rangeRows = (int)Math.Max(plan.RangeRows, estimate / MaxRanges);
        IReadOnlyList<KeyRange> ranges = OnlyWindow ? [] : await RangePlanner.PlanAsync(ours, rangeRows, done => Cut?.Invoke(done, estimate), cancellationToken);
        var size = Math.Max(RangesPerGroup, (ranges.Count + MaxGroups - 1) / MaxGroups);
        // The greatest keys first: where keys grow with time they are the newest.
        var groups = ranges.Reverse().Chunk(size).Select((g, i) => new RangeGroup(i, g)).ToList();
        var manifest = new RunManifest(
            input.RunId, plan, tables, boundary, rowHash.Name, Side(source), Side(target), window, tail, groups, rangeRows, warnings);
        await files.PutJsonAsync(keys.Manifest, manifest, RJson.Default.RunManifest, cancellationToken);
        return manifest;
    }

    private static SideEvidence Side(SnapshotSession session) => new(
        session.Endpoint.Host, session.Endpoint.Port, session.Endpoint.Database, session.Version, SqlTime.ToReport(session.ReadAt)!, session.Position);

    private static DateTimeOffset WindowStart(ReconciliationPlan plan, PlanInput input, Boundary boundary)
    {
        var start = boundary.FailoverStartedAt - TimeSpan.FromMilliseconds(input.LagMs ?? 0);
        start = boundary.ReplicatedThrough < start ? boundary.ReplicatedThrough.Value : start;
        return start - TimeSpan.FromSeconds(plan.WindowMarginSeconds);
    }

    /// <summary>The actionable list: what was written near the failure, on either side, and not by traffic after promotion.</summary>
    private async Task<TailCounts?> CompareTailAsync(
        ReconciliationPlan plan, PlanInput input, Boundary boundary, RangeReader ours, RangeReader theirs, CancellationToken cancellationToken)
    {
        if (plan.Root.UpdatedAt is not { } version)
        {
            return null;
        }

        var from = plan.Root.Format(version, WindowStart(plan, input, boundary));
        var old = await ours.KeysBetweenAsync(version, from, null, MaxTail, cancellationToken);
        var current = await theirs.KeysBetweenAsync(version, from, plan.Root.Format(version, boundary.PromotedAt), MaxTail, cancellationToken);
        var counts = new ClassCounter();
        await using var file = new DifferenceFile();
        var comparer = new RangeComparer(ours, theirs, new DifferenceBuilder(plan, boundary), plan.LeafRows);
        foreach (var batch in old.Union(current).Chunk(Math.Min(plan.LeafRows, 1000)))
        {
            await comparer.CompareLeafAsync(new KeySet(batch), Found, cancellationToken);
        }

        await file.StoreAsync(files, keys.Tail, cancellationToken);
        return new(counts.Missing, counts.Changed, counts.Resurrected, old.Count + current.Count, old.Count < MaxTail && current.Count < MaxTail);

        async Task Found(Difference difference)
        {
            counts.Add(difference);
            if (difference.Class != DifferenceClass.Extra)
            {
                await file.AddAsync(difference, cancellationToken);
            }
        }
    }
}
