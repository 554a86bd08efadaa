using Shop.Asl;
using Shop.Nemesis.Running;
using Shop.Nemesis.Traffic;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Nemesis.Rows;

/// <summary>The loss of a Region with a known number of orders that never replicated, step by step.</summary>
internal static class Losses
{
    /// <summary>Holds the buyers, waits until all has replicated, cuts replication, lets orders be placed (and more), kills the Region.</summary>
    public static async Task<IReadOnlyList<Intent>> LoseWithTailAsync(this RowRun run, int orders, Func<IReadOnlyList<Intent>, Task>? beforeTheKill = null)
    {
        if (run.Traffic is { } traffic)
        {
            await traffic.PauseAsync(TimeSpan.FromSeconds(30));
        }

        await run.Host.CaughtUpAsync(NemesisStore.Patience, run.Cancel);
        IReadOnlyList<Intent> lost = [];
        if (orders > 0 || beforeTheKill is not null)
        {
            var before = run.Host.Aurora.Topology.Replication.Disturbed;
            run.Host.CutReplication();
            run.Injected("replication cut");
            lost = await run.Store.PlaceAsync(orders, run.Cancel, run.From);
            run.Prove($"{orders} orders were acknowledged behind the cut", lost.Count == orders);
            if (beforeTheKill is not null)
            {
                await beforeTheKill(lost);
            }

            await using var standby = run.Store.Orders(run.To);
            var there = (await standby.OrdersAsync(run.Cancel)).Select(o => o.Id).ToHashSet();
            run.Prove("none of them is in the standby", !lost.Any(i => there.Contains(i.Key)));
            run.Prove($"the replication link was disturbed {run.Host.Aurora.Topology.Replication.Disturbed - before} times", run.Host.Aurora.Topology.Replication.Disturbed > before);
        }

        await run.KillAsync(run.From);
        return lost;
    }

    public static async Task KillAsync(this RowRun run, string region)
    {
        await run.Host.LoseRegionAsync(region);
        run.Injected($"{region} killed");
        var answer = await run.Store.Buyer.GetAsync(region, "orders/health", run.Cancel);
        run.Prove($"{region} answers nobody", answer.Status == 0);
    }

    /// <summary>The reconciliation of orders looks on for some polls and writes nothing.</summary>
    public static async Task ExpectNoReportAsync(this RowRun run, string what)
    {
        await Task.Delay(6000, run.Cancel);
        var reconciliation = run.Host.StepFunctions(run.To).Executions.Single(e => e.StateMachineName == "reconciliation" && e.StartDate >= run.Since && e.Input.Contains("\"orders\"", StringComparison.Ordinal));
        run.Expect(what, reconciliation.Status == ExecutionStatus.Running && !run.Host.Reports(run.To).Any(r => r.Database == "orders" && r.WrittenAt >= run.Since));
    }

    /// <summary>An operator's failover to the other Region.</summary>
    public static async Task<Execution> FailOverAsync(this RowRun run)
    {
        var move = await run.SucceededAsync(run.Store.StartMove(run.To, planned: false));
        run.Expect($"{run.To} writes", run.Host.ActiveRegion == run.To);
        run.Traffic?.Resume();
        return move;
    }

    /// <summary>Brings the lost Region back and waits for both reports.</summary>
    public static async Task<Checking.ReportFacts?> ReturnAsync(this RowRun run)
    {
        run.Host.Heal();
        await run.Host.RestoreRegionAsync(run.From, run.Cancel);
        run.EndBands();
        return await run.ReconciledAsync();
    }

    public static async Task<Checking.ReportFacts?> ReconciledAsync(this RowRun run)
    {
        var executions = run.Host.StepFunctions(run.To).Executions.Where(e => e.StateMachineName == "reconciliation" && e.StartDate >= run.Since).ToList();
        foreach (var execution in executions)
        {
            await run.EndedAsync(execution);
        }

        var line = run.Host.Reports(run.To).FirstOrDefault(r => r.Database == "orders" && r.WrittenAt >= run.Since);
        run.Expect("a report of the orders is written", line is not null);
        if (line is null)
        {
            return null;
        }

        using var report = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(line.Folder, "report.json"), run.Cancel));
        return FinalsReader.ReadReport(report.RootElement);
    }

    /// <summary>Replays the newest report with a second person's yes. Null when it was not asked.</summary>
    public static async Task<Execution> ReplayAsync(this RowRun run)
    {
        var line = run.Host.Reports(run.Host.ActiveRegion).First(r => r.Database == "orders");
        var replay = run.Host.StartReplay(line, "nemesis");
        await run.UntilAsync(() => replay.Status != ExecutionStatus.Running || run.Host.Status().Approvals.Count > 0, 90);
        if (replay.Status == ExecutionStatus.Running)
        {
            run.Host.Answer(approve: true, by: "second-person");
        }

        return await run.EndedAsync(replay);
    }
}
