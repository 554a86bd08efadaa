namespace Shop.Reconciliation.Comparing;

/// <summary>
/// Compares ranges: sums first, many in a statement, each side at its own pace; only ranges that differ are opened, cut to leaves and joined aggregate by
/// aggregate. Memory is bounded by a leaf and by what differs.
/// </summary>
internal sealed class RangeComparer(RangeReader source, RangeReader target, DifferenceBuilder differences, int leafRows)
{
    // Rows of this many aggregates are read at a time.
    private const int AggregateBatch = 200;

    // A range is cut into this many parts at most; parts that are still large are cut again.
    private const int FanOut = 256;

    // So few rows are read at once rather than narrowed down first.
    private const int SmallLeaf = 100;

    // With more aggregates known to differ than these it is as well to open the range.
    private const int MostLeftOut = 2000;

    /// <summary>Hands every differing aggregate that is not known yet to <paramref name="found"/> and answers what both sides said of each range.</summary>
    /// <param name="ranges">What to compare; newest first.</param>
    /// <param name="found">Takes a difference and the place of its range in the list.</param>
    /// <param name="summed">Hears of ranges that both sides have summed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<RangeEvidence>> CompareAsync(
        IReadOnlyList<KnownRange> ranges, Func<int, Difference, Task> found, Action<int>? summed, CancellationToken cancellationToken)
    {
        IReadOnlyList<IKeyFilter> filters = [.. ranges.Select(Filter)];
        var slower = new Slower(summed);
        var (ours, theirs) = await BothAsync(r => r.SumsAsync(filters, r == source ? slower.First : slower.Second, cancellationToken));
        var evidence = new List<RangeEvidence>(ranges.Count);
        for (var i = 0; i < ranges.Count; i++)
        {
            var isEqual = ours[i].Equals(theirs[i]);
            if (!isEqual)
            {
                await OpenAsync(i, ours[i], theirs[i]);
            }

            var known = ranges[i].Known;
            evidence.Add(new(
                ranges[i].Range, ours[i], theirs[i], isEqual,
                filters[i] is KeysLeftOut ? new(known.Keys.Count, known.SourceRows, known.TargetRows) : null));
        }

        return evidence;

        async Task OpenAsync(int place, RangeSum old, RangeSum current)
        {
            var known = ranges[place].Known.Keys.ToHashSet();
            await this.OpenAsync(
                ranges[place].Range, filters[place], old, current, d => known.Contains(d.Key) ? Task.CompletedTask : found(place, d), cancellationToken);
        }
    }

    /// <summary>Compares the aggregates of a filter without summing first.</summary>
    public async Task CompareLeafAsync(IKeyFilter filter, Func<Difference, Task> found, CancellationToken cancellationToken)
    {
        var (ours, theirs) = await BothAsync(r => r.FingerprintsAsync(filter, cancellationToken));
        // Joined by the exact key, not by order: an order made by a collation is the server's and can't be repeated here.
        var differing = ours.Keys.Union(theirs.Keys)
            .Where(k => ours.GetValueOrDefault(k) != theirs.GetValueOrDefault(k))
            .Order(AggregateKey.Ordinal)
            .ToList();
        foreach (var batch in differing.Chunk(AggregateBatch))
        {
            var (old, current) = await BothAsync(r => r.AggregatesAsync(batch, cancellationToken));
            foreach (var key in batch)
            {
                await found(differences.Build(old[key], current[key]));
            }
        }
    }

    private static IKeyFilter Filter(KnownRange range) =>
        range.Known.Keys.Count is 0 or > MostLeftOut ? range.Range : new KeysLeftOut(range.Range, range.Known.Keys);

    private async Task OpenAsync(
        KeyRange range, IKeyFilter filter, RangeSum ours, RangeSum theirs, Func<Difference, Task> found, CancellationToken cancellationToken)
    {
        var rows = Math.Max(ours.RootRows, theirs.RootRows);
        var bounds = rows <= leafRows ? [] : await BoundsAsync(range, ours.RootRows >= theirs.RootRows ? source : target, rows, cancellationToken);
        if (bounds.Count == 0)
        {
            await CompareLeafAsync(rows > SmallLeaf ? await NarrowAsync(filter, cancellationToken) : filter, found, cancellationToken);
            return;
        }

        // What is known is not told to the parts: in which of them a key lies is the server's order to say.
        var parts = range.CutAt(bounds).Select(r => new KnownRange(r, KnownDifferences.None)).ToList();
        await CompareAsync(parts, (_, difference) => found(difference), null, cancellationToken);
    }

    /// <summary>Only the keys that fall into a bucket with different sums: a sixty-fourth of a range with one difference.</summary>
    private async Task<IKeyFilter> NarrowAsync(IKeyFilter filter, CancellationToken cancellationToken)
    {
        var (ours, theirs) = await BothAsync(r => r.BucketsAsync(filter, cancellationToken));
        var differing = ours.Keys.Union(theirs.Keys).Where(b => ours.GetValueOrDefault(b) != theirs.GetValueOrDefault(b)).Order().ToList();
        return new Buckets(filter, differing);
    }

    private async Task<List<AggregateKey>> BoundsAsync(KeyRange range, RangeReader larger, long rows, CancellationToken cancellationToken)
    {
        var step = (int)Math.Max(leafRows, Math.Ceiling(rows / (double)FanOut));
        var bounds = new List<AggregateKey>();
        var rest = range;
        for (long left = rows; left > step; left -= step)
        {
            if (await larger.KeyAtAsync(rest, step - 1, cancellationToken) is not { } bound)
            {
                break;
            }

            bounds.Add(bound);
            rest = rest with { After = bound };
        }

        return bounds;
    }

    private async Task<(T Source, T Target)> BothAsync<T>(Func<RangeReader, Task<T>> read)
    {
        var ours = read(source);
        var theirs = read(target);
        await Task.WhenAll(ours, theirs);
        return (await ours, await theirs);
    }
}
