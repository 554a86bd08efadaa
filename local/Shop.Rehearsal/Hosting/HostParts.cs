using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Links;
using Shop.Rehearsal.Routing;

namespace Shop.Rehearsal.Hosting;

/// <summary>What a running rehearsal is made of. Filled while it starts, so that a start that fails half-way is cleaned up as well.</summary>
internal sealed class HostParts(Workspace workspace, RehearsalOptions options, EngineHost engines, ArcCluster arc, ILoggerFactory logs) : IAsyncDisposable
{
    private readonly Dictionary<string, FaultProxy> _brokers = [];
    private readonly List<FaultProxy> _proxies = [];

    public Workspace Workspace { get; } = workspace;

    public RehearsalOptions Options { get; } = options;

    public EngineHost Engines { get; } = engines;

    public ArcCluster Arc { get; } = arc;

    public ArcEndpoints ArcEndpoints { get; set; } = null!;

    public AuroraFleet Aurora { get; set; } = null!;

    public Databases Databases => new(Aurora, TimeProvider.System);

    public RabbitMqServer RabbitMq { get; set; } = null!;

    public FrontDoor FrontDoor { get; set; } = null!;

    public List<LocalRegion> Regions { get; } = [];

    /// <summary>What carries tables' changes from Region to Region. Databases have a link of their own.</summary>
    public RegionLink Replication { get; } = new("DynamoDB replication");

    /// <summary>What carries calls to the other Region's services.</summary>
    public RegionLink Services { get; } = new("services");

    public IReadOnlyList<RegionLink> Links => [Aurora.Topology.Replication, Aurora.Topology.Clients, Replication, Services];

    /// <summary>Tells whoever watches, in a line, what happens by itself.</summary>
    public Action<string> Announce { get; set; } = _ => { };

    public HttpClient Http { get; } = new();

    public ILoggerFactory Logs { get; } = logs;

    /// <summary>A Region's own way to its broker: RabbitMQ is one node here, its virtual hosts stand for two brokers.</summary>
    public FaultProxy Broker(string region) => _brokers[region];

    public FaultProxy AddBroker(string region) => _brokers[region] = Keep(FaultProxy.Start());

    public FaultProxy AddLink(RegionLink link, int targetPort)
    {
        var proxy = Keep(FaultProxy.Start(targetPort));
        link.Attach(proxy);
        return proxy;
    }

    /// <summary>What still starts beside the rest. A start that fails elsewhere must wait for it, or it would come up owned by nobody.</summary>
    public List<Task> Starting { get; } = [];

    /// <summary>One part that fails to end must not keep the others.</summary>
    public async ValueTask DisposeAsync()
    {
        var failures = new List<Exception>();
        await Task.WhenAll(Starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await EndAsync(FrontDoor);
        await Task.WhenAll(Regions.Select(r => EndAsync(r)));
        await EndAsync(Aurora);
        await EndAsync(RabbitMq);
        await EndAsync(ArcEndpoints);
        await Task.WhenAll(_proxies.Select(p => EndAsync(p)));
        Http.Dispose();
        Engines.Dispose();
        Logs.Dispose();
        if (failures.Count > 0)
        {
            throw new AggregateException("Not everything ended as it should.", failures);
        }

        async Task EndAsync(IAsyncDisposable? part)
        {
            try
            {
                if (part is not null)
                {
                    await part.DisposeAsync();
                }
            }
            catch (Exception e)
            {
                lock (failures)
                {
                    failures.Add(e);
                }
            }
        }
    }

    private FaultProxy Keep(FaultProxy proxy)
    {
        _proxies.Add(proxy);
        return proxy;
    }
}
