using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Asl.History;
using Shop.Nemesis.Running;
using Shop.Rehearsal.CloudWatch;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.Routing;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Nemesis.Rows;

/// <summary>Rows in which the machinery that moves the store is troubled.</summary>
internal static class Orchestration
{
    public static async Task RoutingDownAsync(RowRun run)
    {
        SetFaults(5);
        run.Injected("five of five endpoints fail");
        var before = run.Host.RoutingControls;
        var refused = await run.EndedAsync(run.Store.StartMove(run.To, planned: true));
        run.Prove("the endpoints answer nobody", refused.Outcome.Cause?.Contains("five endpoints", StringComparison.Ordinal) == true);
        run.Expect($"nothing moves ({refused.Outcome.Error})", refused.Outcome.Error == "Shop.NoGo" && run.Host.ActiveRegion == run.From && before.SequenceEqual(run.Host.RoutingControls));
        SetFaults(4);
        run.Say("one endpoint answers again");
        await run.SucceededAsync(run.Store.StartMove(run.To, planned: true));
        run.Expect("with one the traffic moves", run.Host.ActiveRegion == run.To && run.Host.RoutingControls[run.To]);
        SetFaults(0);
        run.EndBands();

        void SetFaults(int broken)
        {
            for (var i = 0; i < run.Host.ArcEndpoints.Count; i++)
            {
                run.Host.ArcEndpoints[i].Fault = i >= broken ? ArcEndpointFault.None : i % 2 == 0 ? ArcEndpointFault.Unavailable : ArcEndpointFault.Dropped;
            }
        }
    }

    public static async Task BothOffAsync(RowRun run)
    {
        var entries = new JsonArray([.. run.Host.Options.Regions.Select(r => new JsonObject { ["arn"] = run.Host.ControlArn(r), ["state"] = "Off" })]);
        run.Injected("both routing controls are asked to be Off");
        var asked = await run.EndedAsync(run.Store.Start(run.From, "routing-control", new JsonObject { ["entries"] = entries }));
        run.Prove("the request was made", asked.Events.Count > 2);
        run.Expect($"it is refused ({asked.Outcome.Error})", asked.Status == ExecutionStatus.Failed);
        run.Expect("both are On as before", run.Host.RoutingControls.Values.All(on => on));
        run.EndBands();
    }

    public static async Task StaleDnsAsync(RowRun run)
    {
        run.Injected("a client that goes on sending to the Region that was left");
        await run.SucceededAsync(run.Store.StartMove(run.To, planned: true));
        run.Prove($"{run.From} is Off in DNS", !run.Host.RoutingControls[run.From]);
        var sent = new List<(Traffic.Intent Intent, Traffic.Answer Answer)>();
        for (var i = 0; i < 5; i++)
        {
            var intent = run.Store.Catalog.Draw(run.Store.Random);
            sent.Add((intent, await run.Store.Buyer.SendOnceAsync(intent, run.From, run.Cancel)));
        }

        await using var orders = run.Store.Orders(run.To);
        var kept = (await orders.OrdersAsync(run.Cancel)).Select(o => o.Id).ToHashSet();
        run.Expect($"whatever it was acknowledged the new writer has ({string.Join(", ", sent.Select(s => s.Answer.Status))})", sent.All(s => !s.Answer.IsOk || kept.Contains(s.Intent.Key)));
        if (sent.Any(s => s.Answer.IsOk))
        {
            run.Deviates("its orders are not refused with 409 or 421 but passed on to the new writer, which both Regions can reach");
        }

        run.EndBands();
    }

    public static async Task PooledAsync(RowRun run)
    {
        await run.Store.PlaceAsync(2, run.Cancel, run.From);
        await run.Store.PlaceAsync(2, run.Cancel, run.To);
        var connections = run.Host.Options.Regions.Sum(r => run.Host.Aurora.Global("orders").WriterEndpoint(r).OpenConnections);
        run.Prove($"{connections} connections are held to the writer", connections > 0);
        run.Injected("the writer moves under them");
        await run.SucceededAsync(run.Store.StartMove(run.To, planned: true));
        var start = TimeProvider.System.GetUtcNow();
        foreach (var region in run.Host.Options.Regions)
        {
            await run.Store.PlaceAsync(1, run.Cancel, region);
        }

        var took = (TimeProvider.System.GetUtcNow() - start).TotalSeconds;
        run.Expect($"orders flow from both Regions ({took:0.0} s)", took < 15);
        run.EndBands();
    }

    public static async Task DuplicateTriggerAsync(RowRun run)
    {
        var (catalog, orders) = (run.MovesOf("catalog"), run.MovesOf("orders"));
        var bus = run.Host.Region(run.To).Events;
        bus.SetEnabled("peer-region-down", enabled: true);
        JsonElement? published = null;
        void Keep(JsonElement envelope) => published = envelope;
        bus.Published += Keep;
        bus.Publish("aws.cloudwatch", "CloudWatch Alarm State Change", new JsonObject
        {
            ["alarmName"] = Journeys.PeerDownAlarm,
            ["state"] = new JsonObject { ["value"] = "ALARM", ["reason"] = "The other Region does not sell." },
            ["previousState"] = new JsonObject { ["value"] = "OK" },
        }, [CloudWatchService.AlarmArn(run.To, Journeys.PeerDownAlarm)]);
        bus.Published -= Keep;
        bus.DeliverAgain(published!.Value);
        run.Injected("an alarm delivered twice, and an operator");
        run.Store.StartMove(run.To, planned: false);
        List<Execution> Runs() => [.. run.Host.StepFunctions(run.To).Executions.Where(e => e.StateMachineName == "regional-failover" && e.StartDate >= run.Since)];
        run.Prove("three executions were started", await run.UntilAsync(() => Runs().Count == 3, 20));
        bus.SetEnabled("peer-region-down", enabled: false);
        foreach (var execution in Runs())
        {
            await run.EndedAsync(execution);
        }

        run.Expect("one of them moved the store", Runs().Count(NemesisStore.IsActivation) == 1);
        run.Expect("each database was promoted once", (run.MovesOf("catalog") - catalog, run.MovesOf("orders") - orders) == (1, 1));
        run.EndBands();
        await run.ReconciledAsync();
        run.Expect("orders are taken", (await run.Store.PlaceAsync(1, run.Cancel)).Count == 1);
    }

    public static async Task BothDirectionsAsync(RowRun run)
    {
        var moves = run.MovesOf("orders");
        run.Injected("a failover towards each side");
        var both = run.Host.Options.Regions.Select(r => run.Store.StartMove(r, planned: false)).ToList();
        foreach (var move in both)
        {
            await run.EndedAsync(move);
        }

        run.Prove("both were started", both.Count == 2);
        var winners = both.Where(NemesisStore.IsActivation).ToList();
        run.Expect($"one goes on ({string.Join(", ", both.Select(b => b.Outcome.Error ?? b.Status.ToString()))})", winners.Count <= 1);
        run.Expect("at most one promotion", run.MovesOf("orders") - moves <= 1);
        run.EndBands();
        run.Expect("orders are taken", (await run.Store.PlaceAsync(1, run.Cancel)).Count == 1);
    }

    public static async Task OrchestratorDiesAsync(RowRun run)
    {
        (string Machine, string State)[] all = [("aurora-failover", "OpenEpoch"), ("regional-failover", "AcquireLock"), ("routing-control", "SetStates"), ("regional-failover", "Validate"), ("regional-failover", "ReleaseLock")];
        foreach (var (machine, state) in run.IsShort ? all[..1] : all)
        {
            var to = run.Host.Options.Peer(run.Host.ActiveRegion);
            var moves = (run.MovesOf("catalog"), run.MovesOf("orders"));
            var execution = await StoppedInAsync(run, to, machine, state);
            run.Prove($"the run was aborted in {state}", execution.Status == ExecutionStatus.Aborted);
            run.Host.StepFunctions(to).Redrive(execution.Arn);
            await run.SucceededAsync(execution);
            run.EndBands();
            run.Expect($"after {state} each database was promoted once", (run.MovesOf("catalog") - moves.Item1, run.MovesOf("orders") - moves.Item2) == (1, 1));
            run.Expect("orders are taken", (await run.Store.PlaceAsync(1, run.Cancel)).Count == 1);
            await run.Store.SettleAsync(run.Cancel);
        }
    }

    public static async Task<Execution> StoppedInAsync(RowRun run, string to, string machine, string state)
    {
        var service = run.Host.StepFunctions(to);
        var feed = service.Feed.Subscribe();
        Execution execution;
        try
        {
            execution = run.Store.StartMove(to, planned: true);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(run.Cancel);
            limit.CancelAfter(TimeSpan.FromSeconds(60));
            await foreach (var item in feed.Reader.ReadAllAsync(limit.Token))
            {
                if (item.Execution.StateMachineName == machine && item.Event.Details is StateEnteredDetails entered && entered.Name == state)
                {
                    break;
                }
            }
        }
        finally
        {
            service.Feed.Unsubscribe(feed);
        }

        run.Injected($"the orchestrator dies in {state}");
        // The parent first: while it lives, the end of a child is a failure to it.
        await service.StopAsync(execution.Arn, KeptExecutions.HostStopped, "The host stopped.");
        foreach (var child in service.Executions.Where(e => e.Status == ExecutionStatus.Running).ToList())
        {
            await service.StopAsync(child.Arn, KeptExecutions.HostStopped, "The host stopped.");
        }

        return execution;
    }

    public static async Task TasksFailAsync(RowRun run)
    {
        var faults = run.Host.Region(run.To).ServiceFaults;
        foreach (var (service, kind, times) in ((string, Rehearsal.Faults.ServiceFaultKind, int)[])
            [("rds", Rehearsal.Faults.ServiceFaultKind.Throttled, 3), ("dynamodb", Rehearsal.Faults.ServiceFaultKind.Throttled, 2), ("secretsmanager", Rehearsal.Faults.ServiceFaultKind.Failing, 1)])
        {
            faults.Set(service, new(kind, Times: times));
            run.Injected($"{service} {kind} {times} times");
        }

        var move = await run.SucceededAsync(run.Store.StartMove(run.To, planned: true));
        run.Prove($"calls met the faults (rds {faults.Met("rds")}, dynamodb {faults.Met("dynamodb")})", faults.Met("rds") > 0 && faults.Met("dynamodb") > 0);
        run.Expect("the store has moved", run.Host.ActiveRegion == run.To);
        faults.Clear();
        run.EndBands();
        run.Say($"{move.Events.Count} events; every error name at every task: `make simulate`");
    }

    public static async Task ZombieEffectAsync(RowRun run)
    {
        var moves = run.MovesOf("orders");
        var faults = run.Host.Region(run.To).ServiceFaults;
        faults.Set("rds", new(Rehearsal.Faults.ServiceFaultKind.LosesAnswers, Action: "failoverGlobalCluster", Times: 2));
        run.Injected("FailoverGlobalCluster loses its answers");
        await run.SucceededAsync(run.Store.StartMove(run.To, planned: false));
        run.Prove($"{faults.Met("rds")} answers were lost", faults.Met("rds") > 0);
        faults.Clear();
        run.EndBands();
        run.Expect("one promotion", run.MovesOf("orders") == moves + 1);
        await run.ReconciledAsync();
        run.Expect("orders are taken", (await run.Store.PlaceAsync(1, run.Cancel)).Count == 1);
    }

    public static async Task StaleDescribeAsync(RowRun run)
    {
        var moves = run.MovesOf("orders");
        var stale = await run.FaultAsync("service rds TO stale describeGlobalClusters");
        var move = run.Store.StartMove(run.To, planned: true);
        var looked = await run.UntilAsync(() => run.Host.StepFunctions(run.To).Executions.Any(e => e.StateMachineName == "aurora-failover" && e.StartDate >= run.Since
            && e.Events.Count(h => h.Details is StateEnteredDetails { Name: "CountIdlePoll" }) >= 2), 40);
        await stale.DisposeAsync();
        run.Prove("it looked again because the description was the old one", looked);
        await run.SucceededAsync(move);
        run.Expect("one promotion", run.MovesOf("orders") == moves + 1 && run.Host.ActiveRegion == run.To);
        run.Deviates("three looks without a sign are the limit, not 60 s: a description that stays old for longer ends the run as Shop.NothingPromoted although the writer moves");
        run.Expect("orders are taken", (await run.Store.PlaceAsync(1, run.Cancel)).Count == 1);
    }

    public static async Task NoApprovalAsync(RowRun run)
    {
        var moves = run.MovesOf("orders");
        run.Injected("nobody answers");
        var move = await run.EndedAsync(run.Store.Start(run.To, "regional-failover", new JsonObject
        {
            ["mode"] = "failover", ["allowDataLoss"] = true, ["dryRun"] = false,
            ["trigger"] = new JsonObject { ["type"] = "operator", ["by"] = "nemesis" },
            ["approval"] = new JsonObject { ["required"] = true, ["timeoutSeconds"] = 4 },
        }));
        run.Prove("it asked", move.Events.Any(e => e.Details is StateEnteredDetails { Name: "AskApproval" }));
        run.Expect($"it ended without a promotion ({move.Outcome.Error})", move.Status == ExecutionStatus.Failed && run.MovesOf("orders") == moves);
        run.Expect("the routing is as before", run.Host.RoutingControls.Values.All(on => on));
        run.Expect("no lock is left", await ControlTable.RunStateAsync(run.Store, run.To, run.Cancel) != "RUNNING");
        run.EndBands();
    }

    public static async Task ApprovedTwiceAsync(RowRun run)
    {
        var moves = run.MovesOf("orders");
        var desk = run.Host.Region(run.To).Approvals;
        var move = run.Store.StartMove(run.To, planned: true, by: "alice", approval: true);
        run.Prove("it asks", await run.UntilAsync(() => desk.Pending.Count > 0, 30));
        run.Injected("the approval is given twice");
        var id = desk.Pending[^1].Message.Id;
        var first = desk.Approve(id, "bob");
        var second = desk.Approve(id, "bob");
        await run.SucceededAsync(move);
        run.Expect("the first was taken, the second found nobody waiting", first && !second);
        run.Expect("one promotion", run.MovesOf("orders") == moves + 1);
        run.EndBands();
    }

    public static async Task EarlyFailbackAsync(RowRun run)
    {
        var lost = await run.LoseWithTailAsync(3);
        await run.FailOverAsync();
        var slow = await run.FaultAsync("service rds TO slow 6s describeDBClusterSnapshots", proves: false);
        run.Host.Faults.End(Rehearsal.Faults.FaultKind.Find("cut-replication")!, null);
        await run.Host.RestoreRegionAsync(run.From, run.Cancel);
        run.EndBands();
        var open = run.Host.StepFunctions(run.To).Executions.Where(e => e.StateMachineName == "reconciliation" && e.Status == ExecutionStatus.Running).ToList();
        run.Prove($"{open.Count} reconciliations are open", open.Count > 0);
        var failback = await run.EndedAsync(run.Store.Start(run.From, "failback", new JsonObject
        {
            ["dryRun"] = false, ["readyLooks"] = 1, ["maxLooks"] = 20, ["approval"] = new JsonObject { ["required"] = false }, ["trigger"] = new JsonObject { ["type"] = "operator", ["by"] = "nemesis" },
        }));
        await slow.DisposeAsync();
        if (failback.Status == ExecutionStatus.Succeeded)
        {
            run.Deviates("the failback is not refused while a reconciliation is open: it is lossless, and the snapshot is evidence of its own that it does not touch");
        }

        var report = await run.ReconciledAsync();
        run.Expect("the report still has the 3", report is not null && lost.Select(l => l.Key).ToHashSet().SetEquals(report.Missing.Keys));
    }

    public static async Task SecondRegionDiesAsync(RowRun run)
    {
        var execution = run.Store.StartMove(run.To, planned: true);
        var entered = await run.UntilAsync(() => execution.Events.Any(e => e.Details is StateEnteredDetails { Name: "PromoteDatabases" }), 40);
        run.Prove("the run was promoting", entered);
        await run.KillAsync(run.To);
        await Task.Delay(4000, run.Cancel);
        run.Say($"the run is {execution.Status}");
        await run.Host.RestoreRegionAsync(run.To, run.Cancel);
        run.EndBands();
        await run.Store.SettleAsync(run.Cancel);
        if (execution.Status is not ExecutionStatus.Succeeded)
        {
            run.Host.StepFunctions(run.To).Redrive(execution.Arn);
            await run.EndedAsync(execution);
        }

        run.Expect($"the store sells in {run.Host.ActiveRegion}", (await run.Store.PlaceAsync(2, run.Cancel)).Count == 2);
    }

    public static async Task NoStandbyAsync(RowRun run)
    {
        await using (await run.FaultAsync("kill orders-database TO"))
        {
            run.Prove("the standby's process is gone", !run.Store.ServerOf("orders", run.To).IsRunning);
            var move = await run.EndedAsync(run.Store.StartMove(run.To, planned: true));
            run.Expect($"the move is refused ({move.Outcome.Error}: {move.Outcome.Cause})", move.Status == ExecutionStatus.Failed && run.Host.ActiveRegion == run.From);
            run.Expect("orders go on", (await run.Store.PlaceAsync(2, run.Cancel, run.From)).Count == 2);
        }

        await run.Store.ServerOf("orders", run.To).ExecuteAsync("START SLAVE", run.Cancel);
    }
}
