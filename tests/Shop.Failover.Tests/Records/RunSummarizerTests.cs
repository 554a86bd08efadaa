using Shop.Failover.Records;

namespace Shop.Failover.Tests.Records;

public sealed class RunSummarizerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Recovery_time_counts_from_the_start_and_the_outage_from_the_alarm()
    {
        var summary = RunSummarizer.Summarize(Run("failover", alarm: "2026-03-14T02:59:50Z"));

        Assert.Equal((12.5, 22.5), (summary.RtoSeconds!.Value, summary.OutageSeconds!.Value));
    }

    [Fact]
    public void Without_an_order_nothing_has_recovered()
    {
        var summary = RunSummarizer.Summarize(Run("failover", validation: "failed"));

        Assert.Null(summary.RtoSeconds);
        Assert.Equal("no order could be placed", summary.Timeline[^1].What);
    }

    [Fact]
    public void The_recovery_point_of_a_failover_is_the_lag_at_the_promotion_and_of_a_switchover_nothing()
    {
        var promotions = new RunPromotion[]
        {
            new("catalog", "PROMOTED", Moved: true, Lag: new RunLag(-1)),
            new("orders", "PROMOTED", Moved: true, Lag: new RunLag(1250, "2026-03-14T02:59:00Z")),
            new("old", "PROMOTED", Moved: false, Lag: new RunLag(9)),
            new("failed", "FAILED"),
            new("doubt", "UNKNOWN", Moved: true),
        };

        Assert.Equal([("catalog", null), ("orders", 1.25), ("doubt", null)], RunSummarizer.Summarize(Run("failover", promotions)).Rpo.Select(p => (p.Database, p.Seconds)));
        Assert.Equal([("catalog", 0), ("orders", 0), ("doubt", null)], RunSummarizer.Summarize(Run("switchover", promotions)).Rpo.Select(p => (p.Database, p.Seconds)));
    }

    [Fact]
    public void A_planned_move_that_finished_or_joined_a_failover_is_not_said_to_lose_nothing()
    {
        RunPromotion joined = new("orders", "PROMOTED", Moved: true, Lag: new RunLag(500), LossAllowed: true);

        Assert.Equal(0.5, Assert.Single(RunSummarizer.Summarize(Run("switchover", [joined])).Rpo).Seconds);
        Assert.Equal(0.5, Assert.Single(RunSummarizer.Summarize(Run("switchover", [joined with { LossAllowed = false }]) with { MayLose = true }).Rpo).Seconds);
    }

    [Fact]
    public void The_timeline_is_in_order_and_leaves_out_what_did_not_happen()
    {
        var promotion = new RunPromotion("orders", "PROMOTED", Moved: true, RequestedAt: "2026-03-14T03:00:04Z", PromotedAt: "2026-03-14T03:00:08Z");
        var summary = RunSummarizer.Summarize(Run("failover", [promotion]) with { Fenced = new RunStep(true, "2026-03-14T03:00:02Z"), DecidedAt = "2026-03-14T03:00:03Z" });

        Assert.Equal(
            ["failover to us-west-2 started", "traffic to the other Region stopped", "decided: promotion may begin", "promotion of orders asked for", "orders is written here", "an order was placed and read"],
            summary.Timeline.Select(e => e.What));
        Assert.Equal(summary.Timeline.Select(e => e.At).Order(), summary.Timeline.Select(e => e.At));
    }

    private static RunFacts Run(string mode, RunPromotion[]? promotions = null, string? alarm = null, string validation = "passed") => new(
        "run", "us-west-2", mode, new RunTrigger(alarm is null ? "operator" : "alarm", alarm), Start, "", new RunStep(false), promotions ?? [], new RunStep(false),
        new RunValidation(validation, validation == "passed" ? "2026-03-14T03:00:12.5Z" : null), Start.AddSeconds(40));
}
