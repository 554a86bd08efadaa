using System.Globalization;
using System.Numerics;
using Shop.Reconciliation.Comparing;

namespace Shop.Reconciliation.Reports;

/// <summary>Tells neighbouring ranges that are equal as one: the sum of their sums is the sum over both.</summary>
internal static class RangeProofs
{
    // About so many stretches are as much as a person looks at; a range that differs keeps its own line.
    private const int Wanted = 200;

    public static IReadOnlyList<RangeProof> Of(IReadOnlyList<RangeEvidence> ranges)
    {
        var most = Math.Max(1, ranges.Count / Wanted);
        var proofs = new List<RangeProof>();
        var merged = new List<RangeEvidence>();
        foreach (var range in ranges)
        {
            var isPlain = range is { Equal: true, LeftOut: null };
            // Ranges come with the greatest keys first: the next one ends where this one begins.
            if (merged.Count > 0 && (!isPlain || merged.Count >= most || merged[^1].Range.After != range.Range.UpTo))
            {
                proofs.Add(Merge(merged));
                merged.Clear();
            }

            merged.Add(range);
            if (!isPlain)
            {
                proofs.Add(Merge(merged));
                merged.Clear();
            }
        }

        if (merged.Count > 0)
        {
            proofs.Add(Merge(merged));
        }

        return proofs;
    }

    private static RangeProof Merge(List<RangeEvidence> ranges) => new(
        ranges[^1].Range.After?.ToString(),
        ranges[0].Range.UpTo?.ToString(),
        Rows(ranges, r => r.Source),
        Rows(ranges, r => r.Target),
        Hashes(ranges, r => r.Source),
        Hashes(ranges, r => r.Target),
        ranges.Sum(r => r.LeftOut?.Aggregates ?? 0),
        ranges.All(r => r.Equal));

    private static IReadOnlyList<long> Rows(List<RangeEvidence> ranges, Func<RangeEvidence, RangeSum> side) =>
        [.. Enumerable.Range(0, side(ranges[0]).Tables.Count).Select(t => ranges.Sum(r => side(r).Tables[t].Rows))];

    private static IReadOnlyList<string> Hashes(List<RangeEvidence> ranges, Func<RangeEvidence, RangeSum> side) =>
        [.. Enumerable.Range(0, side(ranges[0]).Tables.Count).Select(t => ranges
            .Aggregate(BigInteger.Zero, (sum, r) => sum + BigInteger.Parse(side(r).Tables[t].Hash, CultureInfo.InvariantCulture))
            .ToString(CultureInfo.InvariantCulture))];
}
