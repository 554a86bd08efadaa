using Shop.Asl;
using Shop.Nemesis.Checking;
using Shop.Nemesis.Running;
using Shop.Rehearsal.Faults;

namespace Shop.Nemesis.Rows;

/// <summary>Rows in which Regions are lost, or lose sight of each other.</summary>
internal static class RegionMoves
{
    public static async Task RegionLostAsync(RowRun run)
    {
        var cart = $"nem-cart-{Guid.CreateVersion7():N}";
        var item = run.Store.Catalog.Draw(run.Store.Random).Items[0];
        await run.Store.Buyer.SendJsonAsync(HttpMethod.Post, run.From, $"carts/{cart}/items", new { itemId = item.ProductId, quantity = 2, unitPrice = item.UnitCost }, run.Cancel);
        await run.TrafficAsync(3, 6);
        var baseline = run.Traffic!.PerMinute(run.Since.AddSeconds(1), TimeProvider.System.GetUtcNow());
        var killed = TimeProvider.System.GetUtcNow();
        await run.KillAsync(run.From);
        await run.FailOverAsync();
        var recovered = await run.UntilAsync(() => run.Traffic.Acknowledged.Any(a => a.At > killed.AddSeconds(1)), 60);
        var rto = (run.Traffic.Acknowledged.Where(a => a.At > killed.AddSeconds(1)).Select(a => a.At).DefaultIfEmpty(TimeProvider.System.GetUtcNow()).Min() - killed).TotalSeconds;
        run.Expect($"orders are acknowledged again, {rto:0.0} s after the loss", recovered);
        await Task.Delay(8000, run.Cancel);
        run.Recovery = new RecoveryFacts(baseline, run.Traffic.PerMinute(TimeProvider.System.GetUtcNow().AddSeconds(-6), TimeProvider.System.GetUtcNow()), rto, 60);
        var kept = await run.Store.Buyer.GetAsync(run.To, $"carts/{cart}", run.Cancel);
        run.Expect("the cart is there in the other Region", kept.Body?.GetRawText().Contains(item.ProductId, StringComparison.Ordinal) == true);
        await run.StopTrafficAsync();
        await run.ReturnAsync();
    }

    public static async Task PartitionAsync(RowRun run)
    {
        run.Host.Partition();
        run.Injected("all links between the Regions cut");
        var here = await run.Store.PlaceAsync(4, run.Cancel, run.From);
        var refused = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            refused.Add((await run.Store.Buyer.SendOnceAsync(run.Store.Catalog.Draw(run.Store.Random), run.To, run.Cancel)).Status);
        }

        run.Prove($"the links were disturbed {run.Host.Parts.Links.Sum(l => l.Disturbed)} times", run.Host.Parts.Links.Sum(l => l.Disturbed) > 0);
        run.Expect("the writing Region goes on", here.Count == 4);
        run.Expect($"the other one refuses orders ({string.Join(", ", refused)})", refused.All(s => s == 503));
        run.Expect("nobody was promoted", run.Host.ActiveRegion == run.From && run.Host.Aurora.Global("orders").Failovers.All(f => f.StartedAt < run.Since));
        run.Host.Heal();
        run.EndBands();
        run.Expect("after healing both take orders", (await run.Store.PlaceAsync(2, run.Cancel, run.To)).Count == 2);
    }

    public static async Task AsymmetricAsync(RowRun run)
    {
        List<int> refused = [];
        await using (await run.FaultAsync("link all half-open forth"))
        {
            var here = await run.Store.PlaceAsync(4, run.Cancel, run.From);
            refused.Add((await run.Store.Buyer.SendOnceAsync(run.Store.Catalog.Draw(run.Store.Random), run.To, run.Cancel)).Status);
            run.Expect("the writing Region goes on", here.Count == 4);
        }

        run.Expect($"the other one does not acknowledge ({string.Join(", ", refused)})", refused.All(s => s is 503 or 0 or 504));
        run.Expect("nobody was promoted", run.Host.ActiveRegion == run.From);
        run.Expect("after healing both take orders", (await run.Store.PlaceAsync(2, run.Cancel, run.To)).Count == 2);
    }

    public static async Task FlappingAsync(RowRun run)
    {
        var bus = run.Host.Region(run.To).Events;
        bus.SetEnabled("peer-region-down", enabled: true);
        try
        {
            await run.TrafficAsync(2, 2);
            await using (await run.FaultAsync("link all flap 2s"))
            {
                await Task.Delay(20_000, run.Cancel);
            }
        }
        finally
        {
            bus.SetEnabled("peer-region-down", enabled: false);
        }

        await run.StopTrafficAsync();
        var runs = run.Host.StepFunctions(run.To).Executions.Count(e => e.StateMachineName == "regional-failover" && e.StartDate >= run.Since);
        run.Expect($"at most one failover started ({runs})", runs <= 1);
    }

    public static Task UnfencedAsync(RowRun run) => DeposedAsync(run, TimeSpan.Zero, zombie: false);

    public static Task LateFenceAsync(RowRun run) => DeposedAsync(run, TimeSpan.FromSeconds(6), zombie: false);

    public static Task ZombieAsync(RowRun run) => DeposedAsync(run, TimeSpan.Zero, zombie: true);

    private static async Task DeposedAsync(RowRun run, TimeSpan later, bool zombie)
    {
        var told = new List<string>();
        void Listen(string text) => told.Add(text);
        run.Host.Happened += Listen;
        await run.Store.PlaceAsync(1, run.Cancel, run.From);
        await run.Host.CaughtUpAsync(NemesisStore.Patience, run.Cancel);
        run.Host.Partition();
        var band = run.Injected("all links between the Regions cut: the old writer can't be stopped");
        if (zombie)
        {
            run.Store.ServerOf("orders", run.From).Suspend();
            run.Injected("the old writer is frozen");
        }

        var moves = run.MovesOf("orders");
        await run.SucceededAsync(run.Store.StartMove(run.To, planned: false));
        run.Prove("the other Region writes now, and the old writer was not stopped", run.MovesOf("orders") == moves + 1 && run.Host.Aurora.Global("orders").Deposed is not null);
        if (zombie)
        {
            run.Store.ServerOf("orders", run.From).Resume();
            run.Say("the old writer thaws");
        }

        var slipped = run.Store.Catalog.Draw(run.Store.Random);
        var first = await run.Store.Buyer.SendOnceAsync(slipped, run.From, run.Cancel);
        run.Say($"an order at the old writer is answered {first.Status}");
        run.Host.HealTables();
        var refuses = await run.UntilAsync(async () => (await run.Store.Buyer.SendOnceAsync(run.Store.Catalog.Draw(run.Store.Random), run.From, run.Cancel)).Status == 503, 40);
        run.Expect("its Region refuses once it has heard of the new epoch", refuses);
        await Task.Delay(later, run.Cancel);
        run.Host.Heal();
        run.EndBands();
        var report = await run.ReconciledAsync();
        if (first.IsOk)
        {
            run.Expect("what slipped in is in the report", report?.Missing.ContainsKey(slipped.Key) == true);
        }

        run.Host.Happened -= Listen;
        run.Expect("RDS told that the fence timed out", told.ToList().Any(t => t.Contains("timed out; it may still take some", StringComparison.Ordinal)));
        if (later > TimeSpan.Zero)
        {
            run.Expect("and that the old writer follows again", await run.UntilAsync(() => told.ToList().Any(t => t.Contains("resynchroniz", StringComparison.Ordinal)), 60));
        }
    }
}
