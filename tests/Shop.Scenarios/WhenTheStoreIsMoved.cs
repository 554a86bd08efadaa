using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.CloudWatch;
using Shop.Rehearsal.Drill;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.Routing;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Scenarios;

/// <summary>The real state machines on real engines, both Regions alive: planned moves, quarrels between moves, and a writer that will not die.</summary>
[Collection(RunningStore.Shared)]
public sealed class WhenTheStoreIsMoved(RunningStore store)
{
    private const string Planned = """{"mode":"switchover","dryRun":false}""";
    private const string Unplanned = """{"mode":"failover","allowDataLoss":true,"dryRun":false}""";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_planned_move_and_the_way_back_lose_nothing_under_load()
    {
        var (from, to) = store.Direction;
        var reconciliations = CountReconciliations();
        var (ledger, gate) = (new Ledger(TimeProvider.System), new OrderGate());
        await using (var traffic = new Traffic(store.Host.Store, ledger, gate, TimeProvider.System, seed: 1))
        {
            traffic.Start(2);
            await store.UntilAsync(() => Task.FromResult(ledger.AcknowledgedCount >= 4), "nobody has bought", Cancel);

            AssertProved(await store.SucceededAsync(store.Start(to, "regional-failover", Planned), Cancel));
            var before = ledger.AcknowledgedCount;
            await store.UntilAsync(() => Task.FromResult(ledger.AcknowledgedCount >= before + 4), "nobody has bought after the move", Cancel);

            await store.SucceededAsync(store.Start(from, "failback", """{"dryRun":false,"approval":{"required":false}}"""), Cancel);
            AssertProved(store.Host.StepFunctions(from).Executions.First(e => e.StateMachineName == "regional-failover"));
            before = ledger.AcknowledgedCount;
            await store.UntilAsync(() => Task.FromResult(ledger.AcknowledgedCount >= before + 4), "nobody has bought after the way back", Cancel);
            await gate.CloseAsync(Patience, Cancel);
        }

        Assert.Equal(from, store.Host.ActiveRegion);
        Assert.All(store.Host.RoutingControls, c => Assert.True(c.Value, $"{c.Key} does not serve again."));
        var kept = (await store.Host.OrdersAsync(from, "synthetic", Cancel)).Select(o => o.Id).ToHashSet();
        Assert.DoesNotContain(ledger.Acknowledged, o => !kept.Contains(o.OrderId));
        Assert.Equal(reconciliations, CountReconciliations());
        await store.SettledAsync(Cancel);
    }

    [Fact]
    public async Task With_one_of_five_endpoints_left_the_traffic_moves_and_with_none_nothing_does()
    {
        var (from, to) = store.Direction;
        var endpoints = store.Host.ArcEndpoints;
        try
        {
            var faults = new[] { ArcEndpointFault.Unavailable, ArcEndpointFault.Dropped, ArcEndpointFault.Unavailable, ArcEndpointFault.Dropped, ArcEndpointFault.Dropped };
            SetFaults(faults);
            var before = store.Host.RoutingControls;
            var refused = await store.EndedAsync(store.Start(to, "regional-failover", Planned), Cancel);
            Assert.Equal(("Shop.NoGo", from), (refused.Outcome.Error, store.Host.ActiveRegion));
            Assert.Contains("five endpoints", refused.Outcome.Cause, StringComparison.Ordinal);
            Assert.Equal(before, store.Host.RoutingControls);

            faults[3] = ArcEndpointFault.None;
            SetFaults(faults);
            await store.SucceededAsync(store.Start(to, "regional-failover", Planned), Cancel);
            Assert.Equal((to, true, false), (store.Host.ActiveRegion, store.Host.RoutingControls[to], store.Host.RoutingControls[from]));
        }
        finally
        {
            SetFaults(new ArcEndpointFault[endpoints.Count]);
        }

        await store.SettledAsync(Cancel);

        void SetFaults(ArcEndpointFault[] faults)
        {
            for (var i = 0; i < endpoints.Count; i++)
            {
                endpoints[i].Fault = faults[i];
            }
        }
    }

    [Fact]
    public async Task Of_a_failover_towards_each_side_at_once_one_goes_on_and_the_other_says_why()
    {
        // In quiet times both Regions serve, so that a run towards either side has something to do.
        await ServeBothAsync();
        var moves = store.MovesOf("orders");
        var both = store.Host.Options.Regions.Select(r => store.Start(r, "regional-failover", Unplanned)).ToList();
        foreach (var move in both)
        {
            await store.EndedAsync(move, Cancel);
        }

        var winner = Assert.Single(both, IsActivation);
        var loser = both.Single(e => e != winner);
        Assert.True(loser.Outcome.Error is "Shop.NoGo" or "Shop.OppositeMoveInProgress", $"{loser.Outcome.Error}: {loser.Outcome.Cause}");
        Assert.Contains(winner.Name, loser.Outcome.Cause, StringComparison.Ordinal);
        Assert.InRange(store.MovesOf("orders") - moves, 0, 1);
        Assert.Equal(winner.Arn.Split(':')[3], store.Host.ActiveRegion);
        await store.SettledAsync(Cancel);
    }

    /// <summary>
    /// The Regions can't reach each other. An alarm that is delivered ten times and an operator start the failover together; the former writer can't be fenced
    /// and goes on taking orders, until its functions hear of the new reign. What slipped in is in the report.
    /// </summary>
    [Fact]
    public async Task A_deposed_writer_is_refused_and_what_slipped_in_is_listed()
    {
        var (from, to) = store.Direction;
        var (catalogMoves, ordersMoves) = (store.MovesOf("catalog"), store.MovesOf("orders"));
        Assert.Equal(201, (await store.BuyAsync(from, Cancel)).Status);
        await store.Host.CaughtUpAsync(Patience, Cancel);
        store.Host.Partition();

        var started = DeliverAlarm(to, times: 10);
        var operated = store.Start(to, "regional-failover", Unplanned);
        var runs = await RunsOfAsync(to, started, count: 11);
        var effective = Assert.Single(runs, IsActivation);
        Assert.Contains(operated, runs);
        // The others found the same trigger served, the store moved already, or said who was moving it.
        Assert.All(runs.Where(r => r != effective), r => Assert.True(
            r.Status == ExecutionStatus.Succeeded || r.Outcome.Error == "Shop.FailoverInProgress", $"{r.Outcome.Error}: {r.Outcome.Cause}"));
        Assert.Equal((catalogMoves + 1, ordersMoves + 1), (store.MovesOf("catalog"), store.MovesOf("orders")));

        var slipped = await store.BuyAsync(from, Cancel);
        Assert.Equal(201, slipped.Status);
        store.Host.HealTables();
        await store.UntilAsync(async () => (await store.BuyAsync(from, Cancel)).Status == 503, "the deposed writer is still written to", Cancel);

        store.Host.Heal();
        await store.SucceededAsync(
            store.Host.StepFunctions(to).Executions.First(e => e.StateMachineName == "reconciliation" && e.Input.Contains("\"orders\"", StringComparison.Ordinal)), Cancel);
        var report = Path.Combine(store.Host.Reports(to).Single(r => r.Database == "orders").Folder, "report.json");
        Assert.Contains(slipped.Id, await DrillJudge.ReadMissingAsync(report, Cancel));
        await store.SettledAsync(Cancel);
        var after = await store.BuyAsync(from, Cancel);
        Assert.Equal(201, after.Status);
        Assert.True(after.Body.GetProperty("epoch").GetInt64() > slipped.Body.GetProperty("epoch").GetInt64());
    }

    /// <summary>
    /// The review page came from one Region; by the time the order is confirmed the store has moved. The checkout stayed behind, the cart and the
    /// order's key came along: the steps are done once more, and there is one order.
    /// </summary>
    [Fact]
    public async Task A_purchase_begun_in_one_Region_is_finished_in_the_other_and_counts_once()
    {
        await ServeBothAsync();
        var (from, to) = store.Direction;
        using var shopper = await PageVisitor.ServedByAsync(store.Host.Store, from, Cancel);
        var key = await shopper.ReachReviewAsync(Cancel);

        var move = store.Start(to, "regional-failover", Planned);
        await store.UntilAsync(async () => (await shopper.GetAsync("/checkout/review", Cancel)) is var page && (page.Region == to || (int)page.Status >= 400), "the shopper has noticed nothing", Cancel);
        await store.UntilAsync(async () => await FinishAsync(shopper, key), "the purchase could not be finished", Cancel);

        var order = await shopper.GetAsync($"/orders/{key}", Cancel);
        Assert.Contains($"""id="orderRegion">{to}<""", order.Body, StringComparison.Ordinal);
        Assert.Contains("""class="count">0<""", order.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(shopper.Failures, f => f.Contains(": 500", StringComparison.Ordinal) || f.Contains("Something went wrong", StringComparison.Ordinal));
        await store.SucceededAsync(move, Cancel);
        await store.SettledAsync(Cancel);
        foreach (var region in store.Host.Options.Regions)
        {
            Assert.Single(await store.Host.OrdersAsync(region, "synthetic", Cancel), o => o.CustomerId == shopper.Customer);
        }
    }

    /// <summary>Presses "Place the order"; when the store asks for the details once more, gives them first. The key stays what it was.</summary>
    private static async Task<bool> FinishAsync(PageVisitor shopper, string key)
    {
        var shown = await shopper.ConfirmAsync(key, Cancel);
        if (shown.Location.StartsWith("/checkout", StringComparison.Ordinal))
        {
            var again = await shopper.StepsAsync(Cancel);
            Assert.True(again is null || again == key, $"The key changed from {key} to {again}.");
        }

        return shown.Location == $"/orders/{key}";
    }

    private async Task ServeBothAsync()
    {
        var region = store.Host.ActiveRegion;
        var entries = new JsonArray([.. store.Host.Options.Regions.Select(r => new JsonObject { ["arn"] = store.Host.ControlArn(r), ["state"] = "On" })]);
        await store.SucceededAsync(store.Start(region, "routing-control", new JsonObject { ["entries"] = entries }.ToJsonString()), Cancel);
    }

    private int CountReconciliations() =>
        store.Host.Options.Regions.Sum(r => store.Host.StepFunctions(r).Executions.Count(e => e.StateMachineName == "reconciliation"));

    /// <summary>One event of the alarm, delivered over and over, as EventBridge may. Answers when it was.</summary>
    private DateTimeOffset DeliverAlarm(string region, int times)
    {
        var at = TimeProvider.System.GetUtcNow();
        var bus = store.Host.Region(region).Events;
        bus.SetEnabled("peer-region-down", enabled: true);
        var alarm = CloudWatchService.AlarmArn(region, Journeys.PeerDownAlarm);
        JsonElement? published = null;
        bus.Published += Keep;
        bus.Publish("aws.cloudwatch", "CloudWatch Alarm State Change", new JsonObject
        {
            ["alarmName"] = Journeys.PeerDownAlarm,
            ["state"] = new JsonObject { ["value"] = "ALARM", ["reason"] = "The other Region does not sell." },
            ["previousState"] = new JsonObject { ["value"] = "OK" },
        }, [alarm]);
        bus.Published -= Keep;
        for (var i = 1; i < times; i++)
        {
            bus.DeliverAgain(published!.Value);
        }

        return at;

        void Keep(JsonElement envelope) => published = envelope;
    }

    private async Task<List<Execution>> RunsOfAsync(string region, DateTimeOffset since, int count)
    {
        List<Execution> Runs() => [.. store.Host.StepFunctions(region).Executions.Where(e => e.StateMachineName == "regional-failover" && e.StartDate >= since)];
        await store.UntilAsync(() => Task.FromResult(Runs().Count == count), $"not {count} executions were started; {Runs().Count} were, and undelivered are {string.Join(", ", store.Host.Region(region).Events.DeadLetters)}", Cancel);
        store.Host.Region(region).Events.SetEnabled("peer-region-down", enabled: false);
        foreach (var run in Runs())
        {
            await store.EndedAsync(run, Cancel);
        }

        return Runs();
    }

    private static bool IsActivation(Execution execution) =>
        execution is { Status: ExecutionStatus.Succeeded, Outcome.Output: not null } && RunningStore.OutputOf(execution) is { ValueKind: JsonValueKind.Object } output && output.TryGetProperty("promotions", out _);

    private static void AssertProved(Execution move)
    {
        var proofs = RunningStore.OutputOf(move).GetProperty("proofs").EnumerateArray().ToList();
        Assert.Equal(2, proofs.Count);
        foreach (var proof in proofs)
        {
            Assert.Equal("equal", proof.GetProperty("status").GetString());
            Assert.All(proof.GetProperty("tables").EnumerateArray(), t => Assert.True(t.GetProperty("former").GetProperty("rows").GetInt64() > 0));
        }
    }
}
