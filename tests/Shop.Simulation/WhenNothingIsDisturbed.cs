using Shop.Simulation.Exploration;
using Shop.Simulation.Judging;
using Shop.Simulation.Schedules;

namespace Shop.Simulation;

/// <summary>How each situation ends by itself: a simulation in which nothing ever worked would break no rule either.</summary>
public sealed class WhenNothingIsDisturbed
{
    [Theory]
    [InlineData("lost-region", "regional-failover Succeeded, aurora-failover Succeeded x2, reconciliation Succeeded x2, routing-control Succeeded x2")]
    [InlineData("switchover", "regional-failover Succeeded, aurora-failover Succeeded x2, routing-control Succeeded")]
    [InlineData("four-endpoints-down", "regional-failover Succeeded, aurora-failover Succeeded x2, reconciliation Succeeded x2, routing-control Succeeded x2")]
    [InlineData("denied", "regional-failover Shop.ApprovalDenied, routing-control Succeeded x2")]
    [InlineData("silence", "regional-failover States.Timeout, routing-control Succeeded x2")]
    [InlineData("empty", "regional-failover Succeeded")]
    [InlineData("one-cancelled", "regional-failover Shop.PartlyActivated, aurora-failover Shop.PromotionCancelled, aurora-failover Succeeded, reconciliation Aborted, reconciliation Succeeded, routing-control Succeeded x2")]
    [InlineData("reconciliation-deletion-hangs", "reconciliation Succeeded")]
    [InlineData("reconciliation-without-a-snapshot", "reconciliation Shop.SnapshotNotFound")]
    [InlineData("failback-denied", "failback Shop.ApprovalDenied, preflight Succeeded")]
    public async Task It_ends_as_expected(string scenario, string expected)
    {
        var subject = await Subject.RealAsync();

        var report = new SimulatedRun(subject, new Coverage(subject.Machines.Coverage)).Play(Schedule.Of(scenario), wantsCalls: true);

        Assert.Equal(expected.Split(", ").Order(StringComparer.Ordinal), report.Ends.Order(StringComparer.Ordinal));
    }
}
