using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Storage;

namespace Shop.Reconciliation.Tasks;

/// <summary>Looks at both sides, writes the list of what to compare, and lists at once what the tail of the time column already shows.</summary>
internal sealed class PlanTask(DatabaseLogin login, IReportFiles files, string planFolder, RowHash hash)
{
    // Inline Map states and payloads are limited; more ranges than this share an item.
    private const int MaxGroups = 40;
    private const int MaxTail = 20_000;

    public async Task<PlanOutput> RunAsync(PlanInput input, TaskContext context, CancellationToken cancellationToken)
    {
        var plan = await PlanFile.LoadAsync(planFolder, input.Database, cancellationToken);
        var keys = new RunKeys(input.Database, input.RunId);
        await using var source = await login.OpenAsync(input.Source, cancellationToken);
        await using var target = await login.OpenAsync(input.Target, cancellationToken);
        var tables = await ComparedTables.ReadAsync(plan, source, target, cancellationToken);
        var sql = new AggregateSql(tables, hash);
        var (ours, theirs) = (new RangeReader(source, sql), new RangeReader(target, sql));

        var boundary = await BoundaryReader.ReadAsync(plan, input, ours, theirs, cancellationToken);
        var tail = await CompareTailAsync(plan, input, boundary, ours, theirs, keys, cancellationToken);
        var ranges = await RangePlanner.PlanAsync(ours, plan.RangeRows, cancellationToken);
        var groups = ranges.Chunk((ranges.Count + MaxGroups - 1) / MaxGroups).Select((g, i) => new RangeGroup(i, g)).ToList();
        var manifest = new RunManifest(
            input.RunId, plan, tables, boundary, hash.Name, Side(source), Side(target), SqlTime.Iso(WindowStart(plan, input, boundary)), tail, groups);
        await files.PutJsonAsync(keys.Manifest, manifest, RJson.Default.RunManifest, cancellationToken);
        return new(input.RunId, keys.Prefix, [.. groups.Select(g => new GroupRef(g.Group, g.Ranges.Count))], ranges.Count, tail);
    }

    private static SideEvidence Side(SnapshotSession session) =>
        new(session.Endpoint.Host, session.Endpoint.Port, session.Endpoint.Database, session.Version, SqlTime.ToReport(session.ReadAt)!);

    private static DateTimeOffset WindowStart(ReconciliationPlan plan, PlanInput input, Boundary boundary)
    {
        var start = boundary.FailoverStartedAt - TimeSpan.FromMilliseconds(input.LagMs ?? 0);
        start = boundary.ReplicatedThrough < start ? boundary.ReplicatedThrough.Value : start;
        return start - TimeSpan.FromSeconds(plan.WindowMarginSeconds);
    }

    /// <summary>The actionable list: what was written near the failure, on either side, and not by traffic after promotion.</summary>
    private async Task<TailCounts?> CompareTailAsync(
        ReconciliationPlan plan, PlanInput input, Boundary boundary, RangeReader ours, RangeReader theirs, RunKeys keys,
        CancellationToken cancellationToken)
    {
        if (plan.Root.UpdatedAt is not { } version)
        {
            return null;
        }

        var from = SqlTime.Format(WindowStart(plan, input, boundary));
        var old = await ours.KeysBetweenAsync(version, from, null, MaxTail, cancellationToken);
        var current = await theirs.KeysBetweenAsync(version, from, SqlTime.Format(boundary.PromotedAt), MaxTail, cancellationToken);
        var counts = new ClassCounter();
        await using var file = new DifferenceFile();
        var comparer = new RangeComparer(ours, theirs, new DifferenceBuilder(plan, boundary), plan.LeafRows);
        foreach (var batch in old.Union(current).Chunk(plan.LeafRows))
        {
            await comparer.CompareLeafAsync(new KeySet(batch), d => Found(d), cancellationToken);
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
