using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Links;

namespace Shop.Rehearsal.Aurora;

/// <summary>Moves a global cluster's writer: planned, which loses nothing, or unplanned, which asks the old writer for nothing.</summary>
/// <remarks>As in AWS the call only begins it: who describes the global cluster sees it pending, under way, and done.</remarks>
internal sealed class WriterChange(AuroraContext context, MemberRebuild rebuild)
{
    private const string Category = "global failover";
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(30);

    /// <returns>Completes when the writer has moved; the caller of the API doesn't wait for it.</returns>
    public Task<FailoverRecord> Begin(GlobalCluster global, string targetNameOrArn, bool allowDataLoss, CancellationToken cancellationToken)
    {
        var target = global.MemberByArn(targetNameOrArn)
            ?? throw new RdsFault("DBClusterNotFoundFault", $"{targetNameOrArn} is not a member of {global.Id}.");
        lock (global)
        {
            Check(global, target, allowDataLoss);
            global.FailoverState = new FailoverState(RdsStatus.Pending, global.Writer.Arn, target.Arn, allowDataLoss);
        }

        return RunAsync(global, target, allowDataLoss, cancellationToken);
    }

    private void Check(GlobalCluster global, AuroraCluster target, bool allowDataLoss)
    {
        if (global.FailoverState is { } current)
        {
            throw new RdsFault("InvalidGlobalClusterStateFault", $"{global.Id} is already moving to {current.ToArn}.");
        }

        if (target == global.Writer)
        {
            throw new RdsFault("InvalidDBClusterStateFault", $"{target.Id} is already the writer of {global.Id}.");
        }

        if (!CanServe(target))
        {
            throw new RdsFault("InvalidDBClusterStateFault", $"{target.Id} is {target.Status} and can't become the writer.");
        }

        if (target == global.Deposed)
        {
            throw new RdsFault("InvalidDBClusterStateFault", $"{target.Id} was deposed with writes of its own and has not been rebuilt yet.");
        }

        if (!allowDataLoss && !CanServe(global.Writer))
        {
            throw new RdsFault("InvalidGlobalClusterStateFault", $"{global.Writer.Id} can't be reached: a switchover needs it.");
        }
    }

    private bool CanServe(AuroraCluster cluster) =>
        context.Topology.IsOn(cluster.Region) && cluster is { Status: RdsStatus.Available, Server.IsRunning: true };

    private async Task<FailoverRecord> RunAsync(GlobalCluster global, AuroraCluster target, bool allowDataLoss, CancellationToken cancellationToken)
    {
        await Task.Yield();
        await global.Gate.WaitAsync(cancellationToken);
        var old = global.Writer;
        try
        {
            global.FailoverState = global.FailoverState! with { Status = allowDataLoss ? RdsStatus.FailingOver : RdsStatus.SwitchingOver };
            var started = context.Time.GetUtcNow();
            var (position, lag) = allowDataLoss
                ? await FailOverAsync(global, old, target, cancellationToken)
                : (await SwitchOverAsync(global, old, target, cancellationToken), TimeSpan.Zero);
            var record = new FailoverRecord
            {
                GlobalClusterId = global.Id, FromClusterId = old.Id, ToClusterId = target.Id, AllowedDataLoss = allowDataLoss,
                StartedAt = started, PromotedAt = context.Time.GetUtcNow(), ReplicatedUpTo = position, LagAtPromotion = lag,
            };
            global.Record(record);
            global.FailoverState = null;
            AnnounceEnd(target, allowDataLoss);
            return record;
        }
        catch (Exception exception)
        {
            global.FailoverState = null;
            context.Publish(target, allowDataLoss ? "RDS-EVENT-0239" : "RDS-EVENT-0187", Category, $"Global change of writers to {target.Id} failed: {exception.Message}");
            throw;
        }
        finally
        {
            global.Gate.Release();
        }
    }

    private async Task<(string Position, TimeSpan Lag)> FailOverAsync(
        GlobalCluster global, AuroraCluster old, AuroraCluster target, CancellationToken cancellationToken)
    {
        var oldIsAlive = context.Topology.IsOn(old.Region) && old.Server is { IsRunning: true };
        var isFenced = oldIsAlive && context.Topology.Clients.Fault == LinkFault.Pass;
        if (isFenced)
        {
            // Two writers would be worse than none: its process ends before the other one opens.
            await old.Server!.KillAsync();
            context.Publish(old, "RDS-EVENT-0390", "notification", $"Writes to {old.Id} were blocked.");
        }
        else if (oldIsAlive)
        {
            // As in AWS the fence is an attempt: a writer that can't be reached goes on, and its Region's names still lead to it.
            global.Deposed = old;
            context.Publish(target, "RDS-EVENT-0391", "notification", $"The attempt to block writes to {old.Id} timed out; it may still take some.");
        }

        var lag = (await global.Monitor.SampleAsync(null, target.Server, cancellationToken)).Lag;
        var position = await Replication.PromoteAsync(target.RunningServer, cancellationToken);
        global.SetConnected(old, connected: false);
        global.MakeWriter(target);
        if (oldIsAlive)
        {
            // Waits for this change to be over, then snapshots what it killed and makes it a follower.
            rebuild.BeginReturn(global, old);
        }
        else
        {
            old.WasWriterWhenLost = true;
        }

        return (position, lag);
    }

    private async Task<string> SwitchOverAsync(GlobalCluster global, AuroraCluster old, AuroraCluster target, CancellationToken cancellationToken)
    {
        context.Publish(target, "RDS-EVENT-0181", Category, $"Global switchover to {target.Id} started.");
        MariaDbServer oldServer = old.RunningServer, newServer = target.RunningServer;
        var position = await Replication.FenceAsync(oldServer, cancellationToken);
        try
        {
            if (!await Replication.CatchUpAsync(newServer, position, CatchUpLimit, cancellationToken))
            {
                throw new RdsFault("InvalidGlobalClusterStateFault", $"{target.Id} did not catch up within {CatchUpLimit.TotalSeconds:0} s.");
            }
        }
        catch
        {
            await oldServer.ExecuteAsync("SET GLOBAL read_only=0", CancellationToken.None);
            throw;
        }

        context.Publish(old, "RDS-EVENT-0182", Category, $"{old.Id} no longer accepts writes; volumes are synchronized.");
        await Replication.PromoteAsync(newServer, cancellationToken);
        global.MakeWriter(target);
        await Replication.FollowAsync(oldServer, global.ReplicationProxy.Port, position, global.Accounts.ReplicationPassword, cancellationToken);
        return position;
    }

    private void AnnounceEnd(AuroraCluster target, bool allowDataLoss)
    {
        if (allowDataLoss)
        {
            context.Publish(target, "RDS-EVENT-0238", Category, $"Global failover to {target.Id} completed.");
        }
        else
        {
            context.Publish(target, "RDS-EVENT-0184", Category, $"{target.Id} was promoted.");
            context.Publish(target, "RDS-EVENT-0185", Category, $"Global switchover to {target.Id} finished.");
        }

        context.Publish(target, "RDS-EVENT-0397", Category, "The name of the global writer endpoint leads to the new writer.");
    }
}
