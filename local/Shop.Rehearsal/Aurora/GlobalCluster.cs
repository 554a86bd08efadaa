using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Links;

namespace Shop.Rehearsal.Aurora;

/// <summary>One database in all Regions: one writer, the others follow it.</summary>
public sealed class GlobalCluster : IAsyncDisposable
{
    private readonly AuroraContext _context;
    private readonly Dictionary<string, FaultProxy> _writerEndpoints;
    private readonly HashSet<string> _outOfSync = [];
    private readonly Lock _lock = new();
    private readonly List<FailoverRecord> _failovers = [];
    private FailoverState? _failoverState;

    internal GlobalCluster(AuroraContext context, string database, uint domain)
    {
        _context = context;
        Database = database;
        Domain = domain;
        Id = $"shop-{database}";
        Accounts = new Accounts();
        Monitor = new LagMonitor(domain, context.Time);
        Members = [.. context.Options.Regions.Select(region =>
            new AuroraCluster(region, $"{Id}-{region}", database, Accounts, context.Time.GetUtcNow()) { Global = this })];
        Writer = Members[0];
        _writerEndpoints = context.Options.Regions.ToDictionary(region => region, _ => FaultProxy.Start());
        context.Topology.Replication.Attach(ReplicationProxy);
    }

    public string Id { get; }

    public string Arn => AuroraArn.GlobalCluster(Id);

    public string Database { get; }

    public Accounts Accounts { get; }

    public IReadOnlyList<AuroraCluster> Members { get; }

    public AuroraCluster Writer { get; private set; }

    /// <summary>What the followers receive the writer's log through; also broken by <see cref="RegionTopology.Replication"/>.</summary>
    public FaultProxy ReplicationProxy { get; } = FaultProxy.Start();

    /// <summary>The operation under way, if there is one.</summary>
    public FailoverState? FailoverState
    {
        get { lock (_lock) { return _failoverState; } }
        internal set { lock (_lock) { _failoverState = value; } }
    }

    public string Status => FailoverState switch
    {
        null => RdsStatus.Available,
        { IsDataLossAllowed: true } => RdsStatus.FailingOver,
        _ => RdsStatus.SwitchingOver,
    };

    /// <summary>The changes of writers so far, newest last.</summary>
    public IReadOnlyList<FailoverRecord> Failovers
    {
        get { lock (_lock) { return [.. _failovers]; } }
    }

    /// <summary>The lag as last sampled.</summary>
    public ReplicationLag Lag => Monitor.Last;

    internal uint Domain { get; }

    internal LagMonitor Monitor { get; }

    /// <summary>One change of members at a time.</summary>
    internal SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>The global writer endpoint as one Region's functions reach it; its port stays when the writer moves.</summary>
    public FaultProxy WriterEndpoint(string region) => _writerEndpoints[region];

    public AuroraCluster Member(string region) =>
        Members.FirstOrDefault(member => member.Region == region) ?? throw new RdsFault("DBClusterNotFoundFault", $"{Id} has no cluster in {region}.");

    public AuroraCluster? MemberByArn(string nameOrArn) => Members.FirstOrDefault(member => AuroraArn.Names(nameOrArn, member.Id, member.Arn));

    public bool IsConnected(AuroraCluster member)
    {
        lock (_lock)
        {
            return !_outOfSync.Contains(member.Id);
        }
    }

    /// <summary>Measures the lag now.</summary>
    public Task<ReplicationLag> MeasureLagAsync(CancellationToken cancellationToken = default) =>
        Monitor.SampleAsync(Writer.Server, Members.FirstOrDefault(member => member != Writer)?.Server, cancellationToken);

    internal void SetConnected(AuroraCluster member, bool connected)
    {
        lock (_lock)
        {
            _ = connected ? _outOfSync.Remove(member.Id) : _outOfSync.Add(member.Id);
        }
    }

    internal void Record(FailoverRecord record)
    {
        lock (_lock)
        {
            _failovers.Add(record);
        }
    }

    /// <summary>A former writer that could not be fenced: alive, writable, and cut off from the rest.</summary>
    internal AuroraCluster? Deposed { get; set; }

    internal void MakeWriter(AuroraCluster member)
    {
        Writer = member;
        Monitor.Reset();
        Route();
    }

    /// <summary>Leads every endpoint to where it should lead now.</summary>
    internal void Route()
    {
        var writerPort = PortOf(Writer.Server);
        ReplicationProxy.LeadTo(writerPort);
        foreach (var (region, proxy) in _writerEndpoints)
        {
            var writer = Deposed is { } deposed && deposed.Region == region ? deposed : Writer;
            _context.Topology.Route(proxy, region, writer.Region, PortOf(writer.Server));
        }

        foreach (var member in Members)
        {
            _context.Topology.Route(member.Endpoint, member.Region, member.Region, PortOf(member.Server));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _context.Topology.Replication.Detach(ReplicationProxy);
        await ReplicationProxy.DisposeAsync();
        foreach (var proxy in _writerEndpoints.Values)
        {
            await proxy.DisposeAsync();
        }

        await Task.WhenAll(Members.Select(member => member.DisposeAsync().AsTask()));
        Monitor.Dispose();
        Gate.Dispose();
    }

    private static int? PortOf(MariaDbServer? server) => server is { IsRunning: true } ? server.Port : null;
}
