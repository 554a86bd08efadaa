using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Storage;

namespace Shop.Reconciliation.Tasks;

/// <summary>Compares groups of a run's plan between two open sessions, and leaves a checkpoint for each. Comparing again writes the same files.</summary>
internal sealed class GroupComparer(
    IReportFiles files, RunKeys keys, RunManifest manifest, SnapshotSession source, SnapshotSession target, LoadGuard? guard = null, RowHash? hash = null)
{
    private readonly RowHash _hash = hash ?? RowHash.Named(manifest.Hash);
    private readonly DifferenceBuilder _differences = new(manifest.Plan, manifest.Boundary);

    /// <summary>Hears how many ranges both sides have summed.</summary>
    public Action<int>? Summed { get; init; }

    /// <summary>Hears of each difference that is listed.</summary>
    public Action<Difference>? Listed { get; init; }

    private int Tables => 1 + manifest.Tables.Children.Count;

    /// <summary>Keys and versions: what is missing and what was updated in the open.</summary>
    public async Task<ClassCounter> CompareVersionsAsync(RangeGroup group, CancellationToken cancellationToken)
    {
        var contents = new AggregateSql(manifest.Tables, _hash);
        var comparer = Comparer(new AggregateSql(manifest.Tables.Versions(manifest.Plan.Root.UpdatedAt), _hash), contents);
        var known = group.Ranges.Select(_ => new KnownCounter(Tables)).ToList();
        var counts = new ClassCounter();
        await using var file = new DifferenceFile();
        await comparer.CompareAsync(
            [.. group.Ranges.Select(r => new KnownRange(r, KnownDifferences.None))],
            async (place, difference) =>
            {
                known[place].Add(difference);
                await AddAsync(file, counts, difference, cancellationToken);
            },
            Summed,
            cancellationToken);

        var digest = await file.StoreAsync(files, keys.VersionDifferences(group.Group), cancellationToken);
        var result = new VersionResult(group.Group, group.Ranges, [.. known.Select(k => k.Known)], file.Count, digest, counts.Extra);
        await files.PutJsonAsync(keys.Versions(group.Group), result, RJson.Default.VersionResult, cancellationToken);
        return counts;
    }

    /// <summary>Every compared column of every row, but of aggregates that are known to differ.</summary>
    public async Task<ClassCounter> CompareContentsAsync(RangeGroup group, VersionResult? versions, CancellationToken cancellationToken)
    {
        var waitedBefore = guard?.Waited ?? default;
        var sql = new AggregateSql(manifest.Tables, _hash);
        var counts = new ClassCounter();
        await using var file = new DifferenceFile();
        var ranges = await Comparer(sql, sql).CompareAsync(
            [.. group.Ranges.Select((r, i) => new KnownRange(r, versions?.Known[i] ?? KnownDifferences.None))],
            (_, difference) => AddAsync(file, counts, difference, cancellationToken),
            Summed,
            cancellationToken);

        var digest = await file.StoreAsync(files, keys.Differences(group.Group), cancellationToken);
        var waited = (guard?.Waited ?? default) - waitedBefore;
        var result = new GroupResult(
            group.Group, ranges, file.Count, digest, counts.Extra, SqlTime.ToReport(target.ReadAt)!, waited.TotalSeconds);
        await files.PutJsonAsync(keys.Group(group.Group), result, RJson.Default.GroupResult, cancellationToken);
        return counts;
    }

    private RangeComparer Comparer(AggregateSql sums, AggregateSql contents) => new(
        new RangeReader(source, sums, contents, new Pace()), new RangeReader(target, sums, contents, new Pace(guard)), _differences, manifest.Plan.LeafRows);

    private async Task AddAsync(DifferenceFile file, ClassCounter counts, Difference difference, CancellationToken cancellationToken)
    {
        counts.Add(difference);
        if (difference.Class != DifferenceClass.Extra)
        {
            Listed?.Invoke(difference);
            await file.AddAsync(difference, cancellationToken);
        }
    }
}
