using System.Collections.Concurrent;
using Shop.Rehearsal.Engines;

namespace Shop.Rehearsal.Aurora;

/// <summary>All Aurora clusters of both Regions, on real servers.</summary>
public sealed class AuroraFleet : IAsyncDisposable
{
    private readonly AuroraContext _context;
    private readonly MemberRebuild _rebuild;
    private readonly WriterChange _writerChange;
    private readonly CancellationTokenSource _stop;
    private readonly ConcurrentDictionary<(string Region, string Id), AuroraCluster> _restored = new();
    private Task _sampling = Task.CompletedTask;

    private AuroraFleet(AuroraContext context, CancellationTokenSource stop)
    {
        _stop = stop;
        _context = context;
        _rebuild = new MemberRebuild(context);
        _writerChange = new WriterChange(context, _rebuild);
        Restored = new RestoredClusters(this);
        GlobalClusters = [.. context.Options.Databases.Select((database, index) => new GlobalCluster(context, database, (uint)index + 1))];
    }

    public IReadOnlyList<GlobalCluster> GlobalClusters { get; }

    /// <summary>The links between the Regions that databases use; set their faults to cut, delay or silence them.</summary>
    public RegionTopology Topology => _context.Topology;

    /// <summary>File with the certificate authority of all clusters.</summary>
    public string Authority => _context.Host.Tls.Authority;

    internal AuroraContext Context => _context;

    internal RestoredClusters Restored { get; }

    /// <summary>Starts all servers with empty databases, the writers in the first Region, the others following.</summary>
    public static async Task<AuroraFleet> StartAsync(
        EngineHost host, AuroraOptions options, Action<RdsEvent>? publish = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var stop = new CancellationTokenSource();
        var fleet = new AuroraFleet(new AuroraContext(host, options, time ?? TimeProvider.System, publish ?? (_ => { }), stop.Token), stop);
        try
        {
            await Task.WhenAll(fleet.GlobalClusters.Select(global => fleet.StartAsync(global, cancellationToken)));
            fleet._sampling = fleet.SampleLagAsync();
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>By database name or identifier: <c>orders</c> or <c>shop-orders</c>.</summary>
    public GlobalCluster Global(string name) =>
        GlobalClusters.FirstOrDefault(global => global.Database == name || AuroraArn.Names(name, global.Id, global.Arn))
        ?? throw new RdsFault("GlobalClusterNotFoundFault", $"Global cluster {name} was not found.");

    /// <summary>A Region's clusters, members and restored ones.</summary>
    public IReadOnlyList<AuroraCluster> ClustersIn(string region) =>
        [.. GlobalClusters.SelectMany(global => global.Members).Where(member => member.Region == region),
         .. _restored.Values.Where(cluster => cluster.Region == region)];

    /// <summary>A Region's snapshots, oldest first.</summary>
    public IReadOnlyList<ClusterSnapshot> SnapshotsIn(string region) => _context.Snapshots.In(region);

    /// <summary>Makes the Region's cluster the writer without asking the old one; transactions that it never got are lost to it.</summary>
    public Task<FailoverRecord> FailoverAsync(string globalCluster, string toRegion, CancellationToken cancellationToken = default) =>
        BeginWriterChange(Global(globalCluster), Global(globalCluster).Member(toRegion).Arn, allowDataLoss: true, cancellationToken);

    /// <summary>Makes the Region's cluster the writer once it has everything that the old one has.</summary>
    public Task<FailoverRecord> SwitchoverAsync(string globalCluster, string toRegion, CancellationToken cancellationToken = default) =>
        BeginWriterChange(Global(globalCluster), Global(globalCluster).Member(toRegion).Arn, allowDataLoss: false, cancellationToken);

    /// <summary>Kills every server of the Region and cuts its endpoints.</summary>
    public async Task LoseRegionAsync(string region)
    {
        Topology.Lose(region);
        foreach (var global in GlobalClusters)
        {
            global.Member(region).WasWriterWhenLost |= global.Writer.Region == region;
        }

        await Task.WhenAll(ClustersIn(region).Select(cluster => cluster.Server?.KillAsync() ?? Task.CompletedTask));
        GlobalClusters.ToList().ForEach(global => global.Route());
    }

    /// <summary>Brings the Region's clusters back: followers and undisputed writers as they were, deposed writers snapshotted and rebuilt.</summary>
    public async Task RestoreRegionAsync(string region, CancellationToken cancellationToken = default)
    {
        Topology.Restore(region);
        foreach (var cluster in _restored.Values.Where(cluster => cluster.Region == region && cluster.Server is not null))
        {
            await cluster.Server!.StartAsync(cancellationToken);
            cluster.Endpoint.LeadTo(cluster.Server.Port);
        }

        await Task.WhenAll(GlobalClusters.Select(global => _rebuild.ReturnAsync(global, global.Member(region), cancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
        await _rebuild.FinishAsync();
        await Restored.FinishAsync();
        await Task.WhenAll(_restored.Values.Select(cluster => cluster.DisposeAsync().AsTask()));
        await Task.WhenAll(GlobalClusters.Select(global => global.DisposeAsync().AsTask()));
        _stop.Dispose();
    }

    internal Task<FailoverRecord> BeginWriterChange(GlobalCluster global, string target, bool allowDataLoss, CancellationToken cancellationToken) =>
        _writerChange.Begin(global, target, allowDataLoss, cancellationToken);

    internal bool TryAdd(AuroraCluster cluster) =>
        ClustersIn(cluster.Region).All(existing => existing.Id != cluster.Id) && _restored.TryAdd((cluster.Region, cluster.Id), cluster);

    internal void Remove(AuroraCluster cluster) => _restored.TryRemove((cluster.Region, cluster.Id), out _);

    private async Task StartAsync(GlobalCluster global, CancellationToken cancellationToken)
    {
        await Task.WhenAll(global.Members.Select(async member =>
        {
            member.Server = await _context.StartServerAsync(member.Id, global.Domain, readOnly: true, dataDirectory: null, cancellationToken);
            member.Instance = new ClusterInstance($"{member.Id}-1", "db.serverless", _context.Time.GetUtcNow(), RdsStatus.Available);
        }));

        global.Route();
        var writer = global.Writer.RunningServer;
        await writer.ExecuteAsync("SET GLOBAL read_only=0", cancellationToken);
        await global.Accounts.CreateAsync(writer, global.Database, cancellationToken);
        var position = await Replication.CurrentAsync(writer, cancellationToken);
        foreach (var follower in global.Members.Where(member => member != global.Writer))
        {
            await Replication.FollowAsync(follower.RunningServer, global.ReplicationProxy.Port, "", global.Accounts.ReplicationPassword, cancellationToken);
            await Replication.CatchUpAsync(follower.RunningServer, position, TimeSpan.FromSeconds(30), cancellationToken);
        }

        foreach (var member in global.Members)
        {
            member.Status = RdsStatus.Available;
        }
    }

    private async Task SampleLagAsync()
    {
        using var timer = new PeriodicTimer(_context.Options.LagInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await Task.WhenAll(GlobalClusters.Select(global => global.MeasureLagAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The fleet stops.
        }
    }
}
