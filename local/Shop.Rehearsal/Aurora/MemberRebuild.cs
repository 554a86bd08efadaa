using System.Globalization;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Links;

namespace Shop.Rehearsal.Aurora;

/// <summary>Brings a member back that was lost or fenced.</summary>
/// <remarks>
/// A former writer may hold transactions that nobody else has: its data becomes the point-of-failure snapshot as it is, before a server
/// touches it, and the member starts anew from a copy of the present writer. A follower or an undisputed writer just starts again.
/// </remarks>
internal sealed class MemberRebuild(AuroraContext context)
{
    private static readonly TimeSpan CatchUpPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);
    private readonly BackgroundWork _work = new();

    public void BeginReturn(GlobalCluster global, AuroraCluster member)
    {
        member.WasWriterWhenLost = true;
        _ = _work.Run(() => ReturnWhenReachedAsync(global, member), onFailure: () => member.Status = RdsStatus.Failed);
    }

    private async Task ReturnWhenReachedAsync(GlobalCluster global, AuroraCluster member)
    {
        while (context.Topology.Clients.Fault != LinkFault.Pass)
        {
            await Task.Delay(LookInterval, context.Stopping);
        }

        // Its Region may have been lost and restored meanwhile: then it has returned that way.
        if (member.WasWriterWhenLost)
        {
            await ReturnAsync(global, member, context.Stopping);
        }
    }

    public Task FinishAsync() => _work.FinishAsync();

    public async Task ReturnAsync(GlobalCluster global, AuroraCluster member, CancellationToken cancellationToken)
    {
        await global.Gate.WaitAsync(cancellationToken);
        try
        {
            if (!context.Topology.IsOn(member.Region))
            {
                return;
            }

            if (member.WasWriterWhenLost && global.Writer != member)
            {
                global.Deposed = null;
                await StartAnewAsync(global, member, cancellationToken);
            }
            else
            {
                await StartAgainAsync(global, member, cancellationToken);
            }

            member.WasWriterWhenLost = false;
            member.Status = RdsStatus.Available;
            global.Route();
        }
        finally
        {
            global.Gate.Release();
        }
    }

    private static async Task StartAgainAsync(GlobalCluster global, AuroraCluster member, CancellationToken cancellationToken)
    {
        var server = member.Server ?? throw new InvalidOperationException($"{member.Id} has never been started.");
        await server.StartAsync(cancellationToken);
        if (global.Writer == member)
        {
            await server.ExecuteAsync("SET GLOBAL read_only=0", cancellationToken);
        }
        else
        {
            await Replication.ResumeAsync(server, cancellationToken);
        }
    }

    private async Task StartAnewAsync(GlobalCluster global, AuroraCluster member, CancellationToken cancellationToken)
    {
        member.Status = RdsStatus.Synchronizing;
        await SnapshotAsync(member);

        context.Publish(member, "RDS-EVENT-0240", "global failover", $"Started to resynchronize {member.Id}.");
        var data = context.NewFolder(member.Id);
        var position = await Backup.TakeAsync(context.Host, global.Writer.RunningServer, data, cancellationToken);
        var server = await context.StartServerAsync(member.Id, global.Domain, readOnly: true, data, cancellationToken);
        await Replication.FollowAsync(server, global.ReplicationProxy.Port, position, global.Accounts.ReplicationPassword, cancellationToken);
        member.Server = server;

        // Over a broken link it can't catch up, and the Region is back all the same: then it stays out of sync until the link heals.
        var connected = _work.Run(() => ConnectAsync(global, member, server));
        await Task.WhenAny(connected, Task.Delay(CatchUpPatience, cancellationToken));
    }

    /// <summary>Waits until the copy has what the writer had when it began to follow; the writer goes on meanwhile.</summary>
    private async Task ConnectAsync(GlobalCluster global, AuroraCluster member, MariaDbServer server)
    {
        var goal = await Replication.CurrentAsync(global.Writer.RunningServer, context.Stopping);
        while (!await Replication.CatchUpAsync(server, goal, TimeSpan.FromSeconds(1), context.Stopping))
        {
            context.Stopping.ThrowIfCancellationRequested();
        }

        global.SetConnected(member, connected: true);
        context.Publish(member, "RDS-EVENT-0241", "global failover", $"Finished resynchronizing {member.Id}.");
    }

    private async Task SnapshotAsync(AuroraCluster member)
    {
        // Started anew halfway before: the snapshot has been taken, and what the attempt left is nobody's data.
        if (member.Server is not { } old)
        {
            return;
        }

        await old.KillAsync();
        await old.DisposeAsync();
        member.Server = null;

        var now = context.Time.GetUtcNow();
        var stamp = now.UtcDateTime.ToString("yyyy-MM-dd-HH-mm-ss", CultureInfo.InvariantCulture);
        var snapshot = new ClusterSnapshot
        {
            Region = member.Region,
            Id = $"rds:unplanned-global-failover-{member.Id}-{stamp}",
            Type = ClusterSnapshot.Automated,
            SourceClusterId = member.Id,
            Accounts = member.Accounts,
            DataDirectory = context.NewFolder("snapshot"),
            CreatedAt = now,
        };
        context.Snapshots.TryAdd(snapshot);
        context.Publish(snapshot, "RDS-EVENT-0168", "Creating automated cluster snapshot.");
        // Nothing else needs the old data, so that the snapshot is the data itself.
        Directory.Move(old.DataDirectory, snapshot.DataDirectory);
        snapshot = context.Snapshots.SetStatus(snapshot, RdsStatus.Available);
        context.Publish(snapshot, "RDS-EVENT-0169", "Automated cluster snapshot created.");
    }
}
