using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Links;

namespace Shop.Rehearsal.Aurora;

/// <summary>One Region's cluster: a member of a global cluster, or one restored from a snapshot that stands for itself.</summary>
public sealed class AuroraCluster : IAsyncDisposable
{
    private volatile ClusterInstance? _instance;
    private volatile MariaDbServer? _server;
    private volatile string _status = RdsStatus.Creating;

    internal AuroraCluster(string region, string id, string database, Accounts accounts, DateTimeOffset createdAt)
    {
        Region = region;
        Id = id;
        Database = database;
        Accounts = accounts;
        CreatedAt = createdAt;
        ResourceId = $"cluster-{Guid.CreateVersion7().ToString("N").ToUpperInvariant()[..26]}";
    }

    public string Region { get; }

    public string Id { get; }

    public string Arn => AuroraArn.Cluster(Region, Id);

    public string ResourceId { get; }

    public string Database { get; }

    public Accounts Accounts { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>As DescribeDBClusters tells it.</summary>
    public string Status
    {
        get => _status;
        internal set => _status = value;
    }

    public ClusterInstance? Instance
    {
        get => _instance;
        internal set => _instance = value;
    }

    /// <summary>The server of the moment; a rebuilt cluster has another one. None while it is being made.</summary>
    public MariaDbServer? Server
    {
        get => _server;
        internal set
        {
            _server = value;
            Endpoint.LeadTo(value is { IsRunning: true } ? value.Port : null);
        }
    }

    /// <summary>The cluster's own endpoint, for readers when it is a member; its port lasts as long as the cluster.</summary>
    public FaultProxy Endpoint { get; } = FaultProxy.Start();

    /// <summary>Null for a restored cluster.</summary>
    public GlobalCluster? Global { get; internal set; }

    internal bool WasWriterWhenLost { get; set; }

    /// <summary>A restored cluster's data, until an instance serves it.</summary>
    internal string? RestoredData { get; set; }

    internal MariaDbServer RunningServer => _server is { IsRunning: true } server
        ? server
        : throw new RdsFault("InvalidDBClusterStateFault", $"{Id} has no server that runs.");

    public async ValueTask DisposeAsync()
    {
        await Endpoint.DisposeAsync();
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }
    }
}
