using Shop.Rehearsal.Engines;

namespace Shop.Rehearsal.Aurora;

/// <summary>What all clusters share.</summary>
internal sealed class AuroraContext(EngineHost host, AuroraOptions options, TimeProvider time, Action<RdsEvent> publish, CancellationToken stopping)
{
    private int _serverId = 100;

    public EngineHost Host => host;

    public AuroraOptions Options => options;

    public TimeProvider Time => time;

    /// <summary>Ends what goes on in the background.</summary>
    public CancellationToken Stopping => stopping;

    public RegionTopology Topology { get; } = new();

    public SnapshotStore Snapshots { get; } = new();

    /// <summary>Starts a server under an id that none had before: with a former id it would skip its own former transactions.</summary>
    public Task<MariaDbServer> StartServerAsync(
        string name, uint domain, bool readOnly, string? dataDirectory, CancellationToken cancellationToken)
    {
        var id = (uint)Interlocked.Increment(ref _serverId);
        return MariaDbServer.StartAsync(host, new MariaDbOptions
        {
            Name = $"{name}-{id}", ServerId = id, GtidDomain = domain, ReadOnly = readOnly, DataDirectory = dataDirectory, RequireTls = true,
        }, cancellationToken);
    }

    public string NewFolder(string name) => Path.Combine(host.Folder.FolderFor("aurora"), $"{name}-{Interlocked.Increment(ref _serverId)}");

    public void Publish(AuroraCluster cluster, string eventId, string category, string message) =>
        Publish(cluster.Region, eventId, category, new RdsSource("CLUSTER", cluster.Id, cluster.Arn), message);

    public void Publish(ClusterSnapshot snapshot, string eventId, string message) =>
        Publish(snapshot.Region, eventId, "backup", new RdsSource("CLUSTER_SNAPSHOT", snapshot.Id, snapshot.Arn), message);

    private void Publish(string region, string eventId, string category, RdsSource source, string message)
    {
        // A lost Region's bus is lost with it.
        if (Topology.IsOn(region))
        {
            publish(new RdsEvent(region, eventId, category, source, message, time.GetUtcNow()));
        }
    }
}
