using Shop.Reconciliation.Comparing;

namespace Shop.Reconciliation.Reports;

/// <summary>Counts differences over the time around the failure. What is far older than that has a step of its own at the left end.</summary>
internal static class Histograms
{
    private const int Steps = 48;

    public static Histogram? Of(IReadOnlyList<Difference> differences, Boundary boundary)
    {
        var written = differences
            .Select(d => (d.Class, At: SqlTime.Parse(d.UpdatedAt ?? d.CreatedAt)))
            .Where(d => d.At is not null && d.Class != DifferenceClass.Extra)
            .Select(d => (d.Class, At: d.At!.Value))
            .OrderBy(d => d.At)
            .ToList();
        if (written.Count == 0)
        {
            return null;
        }

        DateTimeOffset[] moments = [boundary.FailoverStartedAt, boundary.PromotedAt, boundary.LastSourceWrite ?? boundary.FailoverStartedAt];
        // From the time at which the bulk of it was written: one difference of last year must not squeeze an hour's losses into a line.
        var first = written[written.Count / 20].At;
        var from = first < moments.Min() ? first : moments.Min();
        var to = written[^1].At > moments.Max() ? written[^1].At : moments.Max();
        var margin = TimeSpan.FromSeconds(Math.Max(0.5, (to - from).TotalSeconds * 0.03));
        (from, to) = (from - margin, to + margin);
        var step = (to - from).TotalSeconds / Steps;
        return new(from, Math.Round(step, 6), Counts(DifferenceClass.Missing), Counts(DifferenceClass.Changed), Counts(DifferenceClass.Resurrected));

        IReadOnlyList<int> Counts(DifferenceClass kind)
        {
            var counts = new int[Steps];
            foreach (var (_, at) in written.Where(d => d.Class == kind))
            {
                counts[Math.Clamp((int)((at - from).TotalSeconds / step), 0, Steps - 1)]++;
            }

            return counts;
        }
    }
}
