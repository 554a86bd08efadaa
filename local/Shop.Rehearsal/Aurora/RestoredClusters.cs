using Shop.Rehearsal.Engines;

namespace Shop.Rehearsal.Aurora;

/// <summary>Snapshots and the clusters restored from them: copies that run beside the live ones until they are deleted.</summary>
/// <remarks>Each call returns at once with the beginning state; copying and starting go on, as in AWS.</remarks>
internal sealed class RestoredClusters(AuroraFleet fleet)
{
    private readonly BackgroundWork _work = new();

    private AuroraContext Context => fleet.Context;

    public Task FinishAsync() => _work.FinishAsync();

    public ClusterSnapshot Copy(string region, string source, string targetId)
    {
        var original = source.StartsWith("arn:", StringComparison.Ordinal) ? Context.Snapshots.FindAnywhere(source) : Context.Snapshots.Find(region, source);
        if (original is null)
        {
            throw new RdsFault("DBClusterSnapshotNotFoundFault", $"Snapshot {source} was not found.");
        }

        RequireAvailable(original);
        if (!Context.Topology.IsOn(original.Region))
        {
            throw new RdsFault("InvalidDBClusterSnapshotStateFault", $"{original.Region}, where {original.Id} is, can't be reached.");
        }

        var copy = original with
        {
            Region = region, Id = Name(targetId), Type = ClusterSnapshot.Manual, Status = RdsStatus.Creating, DataDirectory = Context.NewFolder("snapshot"),
        };
        if (!Context.Snapshots.TryAdd(copy))
        {
            throw new RdsFault("DBClusterSnapshotAlreadyExistsFault", $"Snapshot {copy.Id} exists.");
        }

        Context.Publish(copy, "RDS-EVENT-0074", "Creating manual cluster snapshot.");
        _ = _work.Run(() =>
        {
            DirectoryCopy.Copy(original.DataDirectory, copy.DataDirectory);
            Context.Publish(Context.Snapshots.SetStatus(copy, RdsStatus.Available), "RDS-EVENT-0075", "Manual cluster snapshot created.");
            return Task.CompletedTask;
        }, onFailure: () => Context.Snapshots.SetStatus(copy, RdsStatus.Failed));
        return copy;
    }

    public ClusterSnapshot DeleteSnapshot(string region, string name)
    {
        var snapshot = Context.Snapshots.Find(region, name) ?? throw new RdsFault("DBClusterSnapshotNotFoundFault", $"Snapshot {name} was not found.");
        RequireAvailable(snapshot);
        if (snapshot.Type == ClusterSnapshot.Automated)
        {
            throw new RdsFault("InvalidDBClusterSnapshotStateFault", "Only manual snapshots can be deleted.");
        }

        Context.Snapshots.Remove(snapshot);
        _ = _work.Run(() => DeleteFolderAsync(snapshot.DataDirectory));
        return snapshot with { Status = RdsStatus.Deleting };
    }

    public AuroraCluster Restore(string region, string snapshotName, string clusterId)
    {
        var snapshot = Context.Snapshots.Find(region, snapshotName) ?? throw new RdsFault("DBClusterSnapshotNotFoundFault", $"Snapshot {snapshotName} was not found.");
        RequireAvailable(snapshot);
        var database = fleet.GlobalClusters.First(global => global.Members.Any(member => member.Id == snapshot.SourceClusterId)).Database;
        var cluster = new AuroraCluster(region, Name(clusterId), database, snapshot.Accounts.Copy(), Context.Time.GetUtcNow());
        if (!fleet.TryAdd(cluster))
        {
            _ = _work.Run(() => cluster.DisposeAsync().AsTask());
            throw new RdsFault("DBClusterAlreadyExistsFault", $"Cluster {cluster.Id} exists.");
        }

        _ = _work.Run(() =>
        {
            var data = Context.NewFolder(cluster.Id);
            DirectoryCopy.Copy(snapshot.DataDirectory, data);
            cluster.RestoredData = data;
            cluster.Status = RdsStatus.Available;
            return Task.CompletedTask;
        }, onFailure: () => cluster.Status = RdsStatus.Failed);
        return cluster;
    }

    public ClusterInstance CreateInstance(AuroraCluster cluster, string id, string instanceClass)
    {
        if (cluster.Status != RdsStatus.Available)
        {
            throw new RdsFault("InvalidDBClusterStateFault", $"{cluster.Id} is {cluster.Status}.");
        }

        if (cluster.RestoredData is not { } data || cluster.Instance is not null)
        {
            throw new RdsFault("InvalidDBClusterStateFault", $"{cluster.Id} has an instance; the rehearsal plays one for each cluster.");
        }

        var instance = cluster.Instance = new ClusterInstance(Name(id), instanceClass, Context.Time.GetUtcNow(), RdsStatus.Creating);
        _ = _work.Run(async () =>
        {
            var server = await Context.StartServerAsync(cluster.Id, domain: 0, readOnly: false, data, CancellationToken.None);
            // The copy may come from a follower; it must not begin to follow.
            await server.ExecuteAsync("RESET SLAVE ALL");
            cluster.Server = server;
            cluster.Instance = instance with { Status = RdsStatus.Available };
        }, onFailure: () => cluster.Instance = instance with { Status = RdsStatus.Failed });
        return instance;
    }

    public ClusterInstance DeleteInstance(AuroraCluster cluster)
    {
        RequireRestored(cluster);
        var instance = cluster.Instance = cluster.Instance! with { Status = RdsStatus.Deleting };
        _ = _work.Run(async () =>
        {
            var server = cluster.Server;
            cluster.Server = null;
            if (server is not null)
            {
                await server.DisposeAsync();
            }

            cluster.Instance = null;
        });
        return instance;
    }

    public AuroraCluster DeleteCluster(AuroraCluster cluster)
    {
        RequireRestored(cluster);
        if (cluster.Instance is { Status: not RdsStatus.Deleting })
        {
            throw new RdsFault("InvalidDBClusterStateFault", $"{cluster.Id} still contains instances that are not being deleted.");
        }

        cluster.Status = RdsStatus.Deleting;
        _ = _work.Run(async () =>
        {
            while (cluster.Instance is not null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }

            await cluster.DisposeAsync();
            await DeleteFolderAsync(cluster.RestoredData);
            fleet.Remove(cluster);
        });
        return cluster;
    }

    /// <summary>The copy has the password of the moment of failure; a new one makes it usable whatever has been rotated since.</summary>
    public AuroraCluster Modify(AuroraCluster cluster, string? masterPassword)
    {
        if (masterPassword is not null)
        {
            var server = cluster.RunningServer;
            cluster.Status = RdsStatus.Modifying;
            _ = _work.Run(async () =>
            {
                await Accounts.SetAdminPasswordAsync(server, masterPassword, CancellationToken.None);
                cluster.Accounts.RememberAdminPassword(masterPassword);
                cluster.Status = RdsStatus.Available;
            }, onFailure: () => cluster.Status = RdsStatus.Available);
        }

        return cluster;
    }

    private static void RequireRestored(AuroraCluster cluster)
    {
        if (cluster.Global is { } global)
        {
            throw new RdsFault("InvalidDBClusterStateFault", $"{cluster.Id} is a member of {global.Id}.");
        }
    }

    private static void RequireAvailable(ClusterSnapshot snapshot)
    {
        if (snapshot.Status != RdsStatus.Available)
        {
            throw new RdsFault("InvalidDBClusterSnapshotStateFault", $"{snapshot.Id} is {snapshot.Status}.");
        }
    }

    private static string Name(string id) => RdsName.Parse(id);

    private static Task DeleteFolderAsync(string? folder)
    {
        if (folder is not null && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }
}
