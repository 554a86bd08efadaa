using Shop.Asl;
using Shop.Nemesis.History;
using Shop.Nemesis.Running;
using Shop.Nemesis.Traffic;
using Shop.Rehearsal.Aurora;

namespace Shop.Nemesis.Rows;

/// <summary>Rows in which the primary is lost.</summary>
internal static class DatabaseLosses
{
    public static async Task CaughtUpAsync(RowRun run)
    {
        await run.TrafficAsync();
        await run.LoseWithTailAsync(0);
        await run.FailOverAsync();
        await Task.Delay(2000, run.Cancel);
        await run.StopTrafficAsync();
        var report = await run.ReturnAsync();
        run.Expect("the report is empty and exact", report is { IsExact: true, Missing.Count: 0 });
    }

    public static async Task LostTailAsync(RowRun run)
    {
        foreach (var count in run.IsShort ? [10] : (int[])[1, 10, 200])
        {
            if (run.Host.ActiveRegion != run.From)
            {
                await run.Store.SettleAsync(run.Cancel);
                await run.EndedAsync(run.Store.StartMove(run.From, planned: true));
                await run.Store.SettleAsync(run.Cancel);
            }

            var visitor = count == 10 ? run.Visitor() : null;
            var lost = await run.LoseWithTailAsync(count, async _ =>
            {
                if (visitor is not null)
                {
                    run.Prove("a browser was told that its order is placed", await visitor.BuyAsync(TimeSpan.FromSeconds(40), run.Cancel));
                }
            });
            await run.FailOverAsync();
            var report = await run.ReturnAsync();
            var keys = lost.Select(l => l.Key).Concat(visitor?.IsAcknowledged == true ? [visitor.Key!.Value] : []).ToHashSet();
            run.Expect($"the report has exactly the {keys.Count} lost orders", report is not null && keys.SetEquals(report.Missing.Keys));
            run.Expect("with their money", report is not null && lost.All(l => report.Missing.TryGetValue(l.Key, out var money) && money == l.Total));
        }
    }

    public static async Task LostUpdatesAsync(RowRun run)
    {
        var kept = await run.Store.PlaceAsync(3, run.Cancel, run.From);
        await run.LoseWithTailAsync(2, async _ =>
        {
            foreach (var intent in kept.Take(2))
            {
                run.Prove($"{intent.Key} was cancelled behind the cut", (await run.Store.Buyer.CancelAsync(intent, run.From, run.Cancel)).IsOk);
            }
        });
        await run.FailOverAsync();
        var report = await run.ReturnAsync();
        run.Expect("the report lists the two as changed", report is not null && report.Changed.ToHashSet().SetEquals(kept.Take(2).Select(i => i.Key)));
    }

    public static async Task LostDeletionsAsync(RowRun run)
    {
        var kept = await run.Store.PlaceAsync(3, run.Cancel, run.From);
        await run.Store.QuietAsync(run.Cancel);
        var deleted = kept.Take(2).Select(i => i.Key).ToList();
        await run.LoseWithTailAsync(2, async _ =>
        {
            await using var primary = run.Store.Orders(run.From);
            var ids = string.Join(',', deleted.Select(k => $"'{k:D}'"));
            await primary.ExecuteAsync($"DELETE FROM customer_order_item WHERE order_id IN ({ids})", run.Cancel);
            await primary.ExecuteAsync($"DELETE FROM outbox WHERE order_id IN ({ids})", run.Cancel);
            run.Prove("two orders were deleted behind the cut", await primary.ExecuteAsync($"DELETE FROM customer_order WHERE id IN ({ids})", run.Cancel) == 2);
            deleted.ForEach(k => run.Store.Log.Add(0, OperationType.Ok, "delete", o => o with { Key = k }));
        });
        await run.FailOverAsync();
        var report = await run.ReturnAsync();
        run.Expect("the report lists the two as resurrected", report is not null && report.Resurrected.ToHashSet().SetEquals(deleted));
    }

    public static async Task UnappliedAsync(RowRun run)
    {
        await run.Host.CaughtUpAsync(NemesisStore.Patience, run.Cancel);
        var paused = await run.FaultAsync("replication paused");
        var placed = await run.Store.PlaceAsync(5, run.Cancel, run.From);
        await using (var standby = run.Store.Orders(run.To))
        {
            var there = (await standby.OrdersAsync(run.Cancel)).Select(o => o.Id).ToHashSet();
            run.Prove("the standby has received and not applied them", !placed.Any(p => there.Contains(p.Key)));
        }

        await run.KillAsync(run.From);
        var first = run.Store.StartMove(run.To, planned: false);
        await run.UntilAsync(() => first.Status != ExecutionStatus.Running, 6);
        await paused.DisposeAsync();
        await run.EndedAsync(first);
        if (first.Status != ExecutionStatus.Succeeded)
        {
            run.Deviates($"the failover did not wait for the apply but ended as {first.Outcome.Error}, promoting nothing; a second one, after it, succeeded");
            await run.FailOverAsync();
        }

        await using var now = run.Store.Orders(run.To);
        var kept = (await now.OrdersAsync(run.Cancel)).Select(o => o.Id).ToHashSet();
        run.Expect("all five are in the new primary", placed.Count == 5 && placed.All(p => kept.Contains(p.Key)));
        var report = await run.ReturnAsync();
        run.Expect("the report is empty", report is { Missing.Count: 0 });
    }

    public static async Task SkewedAsync(RowRun run)
    {
        var server = run.Store.ServerOf("orders", run.From);
        await server.ExecuteAsync("SET GLOBAL init_connect='SET timestamp=UNIX_TIMESTAMP()+300'", run.Cancel);
        run.Injected("the writer's clock is 300 s ahead");
        run.Host.Aurora.Global("orders").WriterEndpoint(run.From).ResetConnections();
        var lost = await run.LoseWithTailAsync(5, async placed =>
        {
            await using var primary = run.Store.Orders(run.From);
            var ids = string.Join(',', placed.Select(k => $"'{k.Key:D}'"));
            var ahead = await primary.ScalarAsync<long>($"SELECT COALESCE(MIN(TIMESTAMPDIFF(SECOND, created_on, updated_at)), 0) FROM customer_order WHERE id IN ({ids})", run.Cancel);
            run.Prove($"rows carry times {ahead} s ahead", ahead > 240);
        });
        await run.FailOverAsync();
        var report = await run.ReturnAsync();
        run.Expect("the report has exactly the 5", report is not null && lost.Select(l => l.Key).ToHashSet().SetEquals(report.Missing.Keys));
    }

    public static async Task OldSnapshotAsync(RowRun run)
    {
        var context = run.Host.Aurora.Context;
        var early = context.NewFolder("nemesis-early");
        var takenAt = TimeProvider.System.GetUtcNow();
        ClusterSnapshot? right = null;
        IReadOnlyList<Intent> after = [];
        var before = await run.LoseWithTailAsync(3, async _ =>
        {
            takenAt = TimeProvider.System.GetUtcNow();
            await Backup.TakeAsync(context.Host, run.Store.ServerOf("orders", run.From), early, run.Cancel);
            run.Injected("a snapshot is taken now, three more orders come after it");
            await Task.Delay(1500, run.Cancel);
            after = await run.Store.PlaceAsync(3, run.Cancel, run.From);
        });
        await run.FailOverAsync();
        var swapping = SwapAsync(run, snapshot =>
        {
            right = snapshot;
            return snapshot with { DataDirectory = early, CreatedAt = takenAt };
        });
        run.Host.Heal();
        await run.Host.RestoreRegionAsync(run.From, run.Cancel);
        run.Prove("the snapshot in place is the early one", await swapping);
        await run.ExpectNoReportAsync("what is older than the failure is not taken for the state at the failure");
        context.Snapshots.Remove(context.Snapshots.In(run.From).Single(s => s.Id == right!.Id));
        context.Snapshots.TryAdd(right! with { Status = RdsStatus.Available });
        run.EndBands();
        var report = await run.ReconciledAsync();
        run.Expect("with the right one the report has all 6", report is not null && before.Concat(after).Select(l => l.Key).ToHashSet().SetEquals(report.Missing.Keys));
    }

    public static async Task NoSnapshotAsync(RowRun run)
    {
        ClusterSnapshot? taken = null;
        var lost = await run.LoseWithTailAsync(3);
        await run.FailOverAsync();
        var hiding = SwapAsync(run, snapshot =>
        {
            taken = snapshot;
            return null;
        });
        run.Host.Heal();
        await run.Host.RestoreRegionAsync(run.From, run.Cancel);
        run.Prove("the snapshot is hidden", await hiding);
        await run.ExpectNoReportAsync("without it no report is written");
        run.Deviates("no lower bound is drawn from other evidence (outbox, delivered events); it looks on for the snapshot, in AWS for five days");
        run.Host.Aurora.Context.Snapshots.TryAdd(taken!);
        run.EndBands();
        var report = await run.ReconciledAsync();
        run.Expect("with it the report has the 3", report is not null && lost.Select(l => l.Key).ToHashSet().SetEquals(report.Missing.Keys));
    }

    private static async Task<bool> SwapAsync(RowRun run, Func<ClusterSnapshot, ClusterSnapshot?> swap)
    {
        var snapshots = run.Host.Aurora.Context.Snapshots;
        var id = run.Host.Aurora.Global("orders").Member(run.From).Id;
        return await Task.Run(async () =>
        {
            var until = TimeProvider.System.GetUtcNow().AddSeconds(60);
            while (TimeProvider.System.GetUtcNow() < until)
            {
                if (snapshots.In(run.From).FirstOrDefault(s => s.SourceClusterId == id && s.Type == ClusterSnapshot.Automated && s.CreatedAt >= run.Since) is { } found)
                {
                    run.Injected("the point-of-failure snapshot is taken away");
                    snapshots.Remove(found);
                    if (swap(found) is { } other)
                    {
                        snapshots.TryAdd(other with { Status = RdsStatus.Available });
                    }

                    return true;
                }

                await Task.Delay(2);
            }

            return false;
        });
    }
}
