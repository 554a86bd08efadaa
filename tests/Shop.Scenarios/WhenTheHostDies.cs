using Shop.Asl.History;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Scenarios;

/// <summary>Whatever ran is over in the middle of a state, with its call under way; somebody redrives the run. On real engines; the simulation does it at every event.</summary>
[Collection(RunningStore.Shared)]
public sealed class WhenTheHostDies(RunningStore store)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("regional-failover", "AcquireLock")]
    [InlineData("regional-failover", "EvaluatePreflight")]
    [InlineData("aurora-failover", "SwitchOver")]
    [InlineData("aurora-failover", "OpenEpoch")]
    [InlineData("routing-control", "SetStates")]
    [InlineData("regional-failover", "Validate")]
    [InlineData("regional-failover", "ReleaseLock")]
    public async Task A_redrive_finishes_the_move_and_promotes_once(string machine, string state)
    {
        var (_, to) = store.Direction;
        var service = store.Host.StepFunctions(to);
        var moves = (store.MovesOf("catalog"), store.MovesOf("orders"));
        var feed = service.Feed.Subscribe();
        var run = store.Start(to, "regional-failover", """{"mode":"switchover","dryRun":false}""");
        try
        {
            await EnteredAsync(feed.Reader.ReadAllAsync(Cancel), machine, state).WaitAsync(Patience, Cancel);
        }
        finally
        {
            service.Feed.Unsubscribe(feed);
        }

        // The parent first: while it lives, the end of a child is a failure to it.
        await service.StopAsync(run.Arn, KeptExecutions.HostStopped, "The host stopped.");
        foreach (var child in service.Executions.Where(e => e.Status == Asl.ExecutionStatus.Running))
        {
            await service.StopAsync(child.Arn, KeptExecutions.HostStopped, "The host stopped.");
        }

        Assert.Equal(Asl.ExecutionStatus.Aborted, run.Status);

        service.Redrive(run.Arn);
        await store.SucceededAsync(run, Cancel);

        Assert.Equal((moves.Item1 + 1, moves.Item2 + 1), (store.MovesOf("catalog"), store.MovesOf("orders")));
        Assert.Equal((to, true), (store.Host.ActiveRegion, store.Host.RoutingControls[to]));
        Assert.Equal(201, (await store.BuyAsync(to, Cancel)).Status);
        await store.SettledAsync(Cancel);
    }

    private static async Task EnteredAsync(IAsyncEnumerable<ExecutionEvent> events, string machine, string state)
    {
        await foreach (var item in events)
        {
            if (item.Execution.StateMachineName == machine && item.Event.Details is StateEnteredDetails entered && entered.Name == state)
            {
                return;
            }
        }
    }
}
