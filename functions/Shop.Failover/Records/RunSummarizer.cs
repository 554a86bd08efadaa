using Shop.Failover.Preflight;

namespace Shop.Failover.Records;

/// <summary>Makes the timeline of a run and computes what it is judged by: recovery time and recovery point. Pure.</summary>
public static class RunSummarizer
{
    public static RunSummary Summarize(RunFacts run)
    {
        var isValidated = run.Validation.Status == "passed";
        // Proofs and records come after it and keep no shopper waiting.
        var validatedAt = Facts.Time(run.Validation.At) ?? run.At;
        var timeline = new List<TimelineEntry>();
        Add(timeline, run.Trigger.At, $"the {run.Trigger.Type} that started it");
        timeline.Add(new(run.StartedAt, $"{run.Mode} to {run.Region} started"));
        Add(timeline, run.Fenced.Ok ? run.Fenced.At : null, "traffic to the other Region stopped");
        Add(timeline, run.DecidedAt, "decided: promotion may begin");
        foreach (var promotion in run.Promotions)
        {
            Add(timeline, promotion.RequestedAt, $"promotion of {promotion.Database} asked for");
            // A database that was here all the time has been promoted by another run, perhaps months ago.
            Add(timeline, promotion.Moved ? promotion.PromotedAt : null, $"{promotion.Database} is written here");
        }

        Add(timeline, run.Routed.Ok ? run.Routed.At : null, "traffic sent to this Region only");
        timeline.Add(new(isValidated ? validatedAt : run.At, isValidated ? "an order was placed and read" : "no order could be placed"));
        return new RunSummary(
            [.. timeline.OrderBy(e => e.At)],
            isValidated ? Between(run.StartedAt, validatedAt) : null,
            isValidated && Facts.Time(run.Trigger.At) is { } alarm ? Between(alarm, validatedAt) : null,
            [.. run.Promotions.Where(p => p.Moved && p.Status is ("PROMOTED" or "UNKNOWN")).Select(p => PointOf(run, p))]);
    }

    private static RecoveryPoint PointOf(RunFacts run, RunPromotion promotion) =>
        promotion.Status == "UNKNOWN" ? new(promotion.Database, null, "what became of the promotion is not known")
        : run is { Mode: "switchover", MayLose: false } && !promotion.LossAllowed ? new(promotion.Database, 0, "switchover: the old writer stopped before the new one began")
        : promotion.Lag is { Milliseconds: >= 0 } lag ? new(promotion.Database, lag.Milliseconds / 1000, $"replication lag at {lag.At}")
        : new(promotion.Database, null, "no replication lag was measured in the ten minutes before");

    private static void Add(List<TimelineEntry> timeline, string? at, string what)
    {
        if (Facts.Time(at) is { } time)
        {
            timeline.Add(new(time, what));
        }
    }

    private static double Between(DateTimeOffset from, DateTimeOffset to) => Math.Round(Math.Max(0, (to - from).TotalSeconds), 3);
}
