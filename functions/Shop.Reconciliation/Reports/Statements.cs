using System.Globalization;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconciliation.Reports;

/// <summary>What the report claims of itself, and what it does not.</summary>
internal static class Statements
{
    public const string Exact = "exact";
    public const string LowerBound = "lower-bound";

    public static Completeness Completeness(
        RunManifest manifest, bool hasContent, IReadOnlyList<Difference> differences, IReadOnlyList<string> skipped)
    {
        var reasons = new List<string>();
        if (manifest.Tables.Drift.Count > 0)
        {
            reasons.Add($"The two schemas differ, and what only one side has is not compared: {string.Join("; ", manifest.Tables.Drift)}.");
        }

        if (!hasContent)
        {
            reasons.Add($"Only keys and versions were compared: a {manifest.Plan.Noun} whose content was changed under the same version is not found, nor is one whose {manifest.Plan.ItemNoun}s alone were.");
        }

        return new(reasons.Count == 0 ? Exact : LowerBound, reasons, [.. LeftOut(manifest, skipped), .. Warnings(manifest, differences)]);
    }

    public static IReadOnlyList<Phase> Phases(RunManifest manifest, bool hasVersions, bool hasContent, int ranges) =>
    [
        new("snapshot", "finished", "Each range was read from one consistent snapshot on both sides; the old primary's copy does not change."),
        manifest.Tail is { } tail
            ? new("window", tail.IsWhole ? "finished" : "partial", $"{Number(tail.Candidates)} {manifest.Plan.Noun}s written since {manifest.WindowStart}.")
            : new("window", "skipped", "The plan names no version column."),
        hasVersions
            ? new("version", "finished", "Key and version of every row, the greatest keys first.")
            : new("version", "covered", "Keys and versions are part of the content that was compared."),
        hasContent
            ? new("content", "finished", $"Every compared column of every row, in {Number(ranges)} key ranges.")
            : new("content", "not run", "Asked for keys and versions only."),
    ];

    /// <summary>What "everything" does not mean.</summary>
    private static IEnumerable<string> LeftOut(RunManifest manifest, IReadOnlyList<string> skipped)
    {
        var plan = manifest.Plan;
        var ignored = (plan.Root.Ignore ?? []).Select(c => $"{plan.Root.Table}.{c}").Concat(plan.Children.SelectMany(c => (c.Ignore ?? []).Select(i => $"{c.Table}.{i}"))).ToList();
        if (ignored.Count > 0)
        {
            yield return $"The plan leaves these columns out: {string.Join(", ", ignored)}.";
        }

        if (skipped.Count > 0)
        {
            yield return $"Of the same configuration these could not be compared at all: {string.Join(", ", skipped)}.";
        }
    }

    private static IEnumerable<string> Warnings(RunManifest manifest, IReadOnlyList<Difference> differences)
    {
        var boundary = manifest.Boundary;
        foreach (var note in manifest.Tables.Notes)
        {
            yield return $"{note}.";
        }

        foreach (var warning in manifest.Warnings)
        {
            yield return $"{warning}.";
        }

        if (!boundary.IsAssumed && boundary.LastSourceWrite > boundary.PromotedAt)
        {
            yield return $"The old primary took writes until {SqlTime.Iso(boundary.LastSourceWrite.Value)}, after the promotion. "
                + "Writes it took after its snapshot are not in this report.";
        }

        if (differences.Count(d => d.Notes.Contains(Notes.WrittenOnBothSides)) is > 0 and var both)
        {
            yield return $"{Number(both)} changed {manifest.Plan.Noun}(s) were written on both sides around the failure. They are listed because a lost "
                + "update can't be ruled out; some may be updates of what had arrived.";
        }

        if (differences.Count(d => d.Notes.Contains(Notes.OlderThanTheTail)) is > 0 and var old)
        {
            yield return $"{Number(old)} missing {manifest.Plan.Noun}(s) are old enough to have been replicated. They may have been deleted on the new "
                + "primary after promotion.";
        }

        if (!boundary.IsAssumed && manifest.Plan.Root.UpdatedAt is not null)
        {
            yield return "A change on the old primary that bypassed the version column, of a row that the new primary's traffic has updated since, "
                + "can't be told from that update.";
        }
    }

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
