using System.Globalization;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconciliation.Reports;

/// <summary>What a person may do about each difference, and about the whole.</summary>
internal static class Advice
{
    public const string Replay = "replay";
    public const string Review = "review";

    /// <param name="difference">What differs.</param>
    /// <param name="isAssumed">No failover was named: there is no saying what did not arrive, only what is not there.</param>
    public static (string Action, string Reason) For(Difference difference, bool isAssumed) => difference.Class switch
    {
        DifferenceClass.Missing when isAssumed => (Replay, "The new side does not have it."),
        DifferenceClass.Changed when isAssumed => (Review, "The two sides have it with other content."),
        _ when isAssumed => (Review, "The old side does not have it."),
        DifferenceClass.Missing when difference.Notes.Contains(Notes.OlderThanTheTail) =>
            (Review, "Old enough to have been replicated: it may have been deleted on purpose since."),
        DifferenceClass.Missing => (Replay, "Acknowledged on the old primary and nowhere else."),
        DifferenceClass.Changed when difference.Notes.Contains(Notes.WrittenOnBothSides) =>
            (Review, "Written on both sides: the old side's change may be lost under the new one's."),
        DifferenceClass.Changed when difference.Notes.Contains(Notes.SilentChange) =>
            (Review, "Changed without a new version: look for what writes past the application."),
        DifferenceClass.Changed => (Review, "The old side's last change did not arrive; the new side has the state before it."),
        _ => (Review, "Deleted on the old side: the deletion did not arrive."),
    };

    public static IReadOnlyList<string> NextSteps(RunManifest manifest, ReportInput input, IReadOnlyList<Difference> differences)
    {
        var (noun, steps) = (manifest.Plan.Noun, new List<string>());
        var replay = differences.Count(d => d.Class == DifferenceClass.Missing && For(d, manifest.Boundary.IsAssumed).Action == Replay);
        var review = differences.Count(d => d.Class != DifferenceClass.Extra) - replay;
        if (replay > 0)
        {
            steps.Add($"Replay {Number(replay)} missing {noun}(s): look at the dry run, have a second person approve. What is there with other content is left alone.");
        }

        if (review > 0)
        {
            steps.Add($"Have a person look at {Number(review)} {noun}(s) that a replay does not settle; each says why.");
        }

        if (replay + review == 0)
        {
            steps.Add("Nothing is to be done.");
        }

        if (input.CopiedSnapshotId is { } copy)
        {
            steps.Add($"Keep the snapshot {copy} until then; it is the evidence, and what a replay reads from.");
        }

        return steps;
    }

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
