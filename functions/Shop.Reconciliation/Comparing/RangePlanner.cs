namespace Shop.Reconciliation.Comparing;

/// <summary>Cuts the whole key space into ranges of about equal size: no gap, no overlap, from the smallest key of both sides to the greatest.</summary>
internal static class RangePlanner
{
    /// <summary>
    /// Bounds come from the old primary, which is frozen. Keys beyond its last bound (with time-ordered keys, all that the new primary took since)
    /// fall into the last range, and the comparer cuts that further as it meets them.
    /// </summary>
    public static async Task<IReadOnlyList<KeyRange>> PlanAsync(
        RangeReader source, int rangeRows, Action<long>? cut, CancellationToken cancellationToken)
    {
        var bounds = new List<AggregateKey>();
        var rest = KeyRange.All;
        while (await source.KeyAtAsync(rest, rangeRows - 1, cancellationToken) is { } bound)
        {
            bounds.Add(bound);
            rest = rest with { After = bound };
            cut?.Invoke((long)bounds.Count * rangeRows);
        }

        return KeyRange.All.CutAt(bounds);
    }
}
