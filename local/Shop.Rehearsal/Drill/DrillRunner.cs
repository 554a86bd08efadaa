using Shop.Asl;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.Drill;

/// <summary>Loses a Region under traffic and brings it back, step by step. What it saw is in <see cref="DrillFacts"/>; it judges nothing.</summary>
internal sealed class DrillRunner(RehearsalHost host, DrillOptions options, Timeline timeline, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(15);
    private readonly Ledger _ledger = new(time);
    private readonly OrderGate _gate = new();

    public async Task<DrillFacts> RunAsync(CancellationToken cancellationToken)
    {
        var lost = host.ActiveRegion;
        var survivor = host.Options.Peer(lost);
        using var narration = new Narration(host, timeline);
        await using var traffic = new Traffic(host.Store, _ledger, _gate, time, options.Seed);
        timeline.Enter("steady", $"{options.Shoppers} shoppers browse and buy through the front door {host.Store}");
        traffic.Start(options.Shoppers);
        await AcknowledgedAsync(options.SteadyOrders, cancellationToken);

        var (cutAt, killedAt, duringCut) = await LoseAsync(lost, traffic, cancellationToken);
        var failover = await FailOverAsync(survivor, killedAt, cancellationToken);
        var settled = _ledger.AcknowledgedCount + options.Shoppers * 2;
        await AcknowledgedAsync(settled, cancellationToken);

        await ReturnAsync(lost, cancellationToken);
        var reconciliations = await ReconcileAsync(survivor, cancellationToken);
        timeline.Enter("verify", "The shoppers leave; every order is counted");
        await _gate.CloseAsync(Patience, cancellationToken);
        return new DrillFacts(_ledger, lost, survivor, cutAt, killedAt, duringCut, failover, reconciliations);
    }

    /// <summary>Cuts replication, lets the asked number of orders be acknowledged, and kills the Region with none of them on the way.</summary>
    private async Task<(DateTimeOffset CutAt, DateTimeOffset KilledAt, List<Guid> DuringCut)> LoseAsync(
        string lost, Traffic traffic, CancellationToken cancellationToken)
    {
        await _gate.CloseAsync(Patience, cancellationToken);
        await host.CaughtUpAsync(Patience, cancellationToken);
        host.CutReplication();
        var before = _ledger.Acknowledged.Select(o => o.OrderId).ToHashSet();
        var cutAt = timeline.Enter("cut", $"Replication between the Regions is cut; {options.Missing} more orders are taken");
        if (options.Missing > 0)
        {
            traffic.Pause = TimeSpan.Zero;
            traffic.Browse = options.Missing <= 200;
            _gate.Open(options.Missing);
            await WithProgressAsync(
                _gate.UsedUpAsync(Patience + TimeSpan.FromSeconds(options.Missing), cancellationToken), _ledger.AcknowledgedCount, cancellationToken);
        }

        var duringCut = _ledger.Acknowledged.Select(o => o.OrderId).Where(id => !before.Contains(id)).ToList();
        if (duringCut.Count != options.Missing)
        {
            throw new DrillException($"{options.Missing} orders were to be taken while replication was cut, {duringCut.Count} were.");
        }

        traffic.Pause = TimeSpan.FromMilliseconds(150);
        traffic.Browse = true;
        cancellationToken.ThrowIfCancellationRequested();
        var killedAt = timeline.Enter("detect", $"{duringCut.Count} orders acknowledged that never replicated. {lost} is killed");
        await host.LoseRegionAsync(lost);
        _gate.Open();
        return (cutAt, killedAt, duringCut);
    }

    /// <summary>Says every now and then how many orders have been taken: thousands take minutes.</summary>
    private async Task WithProgressAsync(Task taking, int before, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (await Task.WhenAny(taking, Task.Delay(ProgressInterval, time, cancellationToken)) != taking)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var taken = _ledger.AcknowledgedCount - before;
            timeline.Say($"{taken} of {options.Missing} orders taken, {taken / time.GetElapsedTime(start).TotalSeconds:0.0} a second");
        }

        await taking;
    }

    private async Task<FailoverFacts> FailOverAsync(string survivor, DateTimeOffset killedAt, CancellationToken cancellationToken)
    {
        var firstOrder = FirstAcknowledgementAfter(killedAt);
        var service = host.StepFunctions(survivor);
        if (options.OperatorStarts)
        {
            timeline.Say("An operator starts the failover");
            host.StartFailover(survivor, "drill");
        }

        var execution = await UntilAsync(() => service.Executions.LastOrDefault(e => e.StateMachineName == "regional-failover" && e.StartDate >= killedAt), "no failover started", cancellationToken);
        timeline.Enter("failover", $"regional-failover {execution.Name} runs in {survivor}");
        var acknowledgedAt = await InTimeAsync(firstOrder, "no order was acknowledged", cancellationToken);
        timeline.Say($"First order acknowledged in {survivor}: {(acknowledgedAt - killedAt).TotalSeconds:0.0} s after the loss");
        await EndedAsync(execution, cancellationToken);
        timeline.Enter("recovered", $"regional-failover SUCCEEDED; shoppers buy in {survivor}");
        return new FailoverFacts(execution.Arn, acknowledgedAt);
    }

    private async Task ReturnAsync(string lost, CancellationToken cancellationToken)
    {
        timeline.Enter("return", $"{lost} comes back: its clusters are snapshotted as they were, then rebuilt as replicas");
        host.Heal();
        await host.RestoreRegionAsync(lost, cancellationToken);
    }

    private async Task<IReadOnlyList<Execution>> ReconcileAsync(string survivor, CancellationToken cancellationToken)
    {
        timeline.Enter("reconcile", "The snapshots are restored beside the new primaries and compared");
        var executions = host.StepFunctions(survivor).Executions.Where(e => e.StateMachineName == "reconciliation").ToList();
        if (executions.Count == 0)
        {
            throw new DrillException("The failover started no reconciliation.");
        }

        foreach (var execution in executions)
        {
            await EndedAsync(execution, cancellationToken);
        }

        timeline.Enter("rebuild", "Both reports are written; the replicas catch up");
        await host.CaughtUpAsync(Patience, cancellationToken);
        return executions;
    }

    private async Task<DateTimeOffset> FirstAcknowledgementAfter(DateTimeOffset moment)
    {
        var first = new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Watch(LedgerEntry entry)
        {
            if (entry.AcknowledgedAt is { } at && at >= moment)
            {
                first.TrySetResult(at);
            }
        }

        _ledger.Acknowledgement += Watch;
        try
        {
            return await first.Task;
        }
        finally
        {
            _ledger.Acknowledgement -= Watch;
        }
    }

    private Task AcknowledgedAsync(int count, CancellationToken cancellationToken) =>
        UntilAsync(() => _ledger.AcknowledgedCount >= count ? this : null, $"not {count} orders were acknowledged ({_ledger.Failures} failures)", cancellationToken);

    private static async Task<T> InTimeAsync<T>(Task<T> task, string complaint, CancellationToken cancellationToken)
    {
        try
        {
            return await task.WaitAsync(Patience * 2, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new DrillException($"After {Patience.TotalSeconds * 2:0} s {complaint}.");
        }
    }

    private async Task<T> UntilAsync<T>(Func<T?> look, string complaint, CancellationToken cancellationToken)
        where T : class
    {
        var start = time.GetTimestamp();
        while (look() is not { } found)
        {
            if (time.GetElapsedTime(start) > Patience)
            {
                throw new DrillException($"After {Patience.TotalSeconds:0} s {complaint}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }

        return look()!;
    }

    private static async Task EndedAsync(Execution execution, CancellationToken cancellationToken)
    {
        await InTimeAsync(WaitAsync(), $"{execution.StateMachineName} {execution.Name} has not ended", cancellationToken);
        if (execution.Status != ExecutionStatus.Succeeded)
        {
            throw new DrillException($"{execution.StateMachineName} {execution.Name} ended {execution.Status}: {execution.Outcome.Error} {execution.Outcome.Cause}");
        }

        async Task<bool> WaitAsync()
        {
            await execution.Completion;
            return true;
        }
    }
}
