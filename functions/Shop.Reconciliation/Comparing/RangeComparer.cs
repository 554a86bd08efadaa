namespace Shop.Reconciliation.Comparing;

/// <summary>Compares ranges: sums first, and only where they differ the aggregates themselves. Memory is bounded by a leaf.</summary>
internal sealed class RangeComparer(RangeReader source, RangeReader target, DifferenceBuilder differences, int leafRows)
{
    // Rows of this many aggregates are read at a time.
    private const int AggregateBatch = 200;
    private const int FanOut = 16;

    /// <summary>Hands every differing aggregate of the range to <paramref name="found"/> and answers what both sides said of it.</summary>
    public async Task<RangeEvidence> CompareAsync(KeyRange range, Func<Difference, Task> found, CancellationToken cancellationToken)
    {
        var (ours, theirs) = await BothAsync(r => r.SumAsync(range, cancellationToken));
        if (!ours.Equals(theirs))
        {
            await OpenAsync(range, ours, theirs, found, cancellationToken);
        }

        return new(range, ours, theirs, ours.Equals(theirs));
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

    private async Task OpenAsync(
        KeyRange range, RangeSum ours, RangeSum theirs, Func<Difference, Task> found, CancellationToken cancellationToken)
    {
        var rows = Math.Max(ours.RootRows, theirs.RootRows);
        var bounds = rows <= leafRows ? [] : await BoundsAsync(range, ours.RootRows >= theirs.RootRows ? source : target, rows, cancellationToken);
        if (bounds.Count == 0)
        {
            await CompareLeafAsync(range, found, cancellationToken);
            return;
        }

        foreach (var part in range.CutAt(bounds))
        {
            await CompareAsync(part, found, cancellationToken);
        }
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
