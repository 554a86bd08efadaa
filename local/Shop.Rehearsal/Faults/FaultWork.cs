using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.Links;

namespace Shop.Rehearsal.Faults;

/// <summary>Puts faults that were given in words in force, and ends them.</summary>
internal sealed class FaultWork(HostParts parts)
{
    private readonly Dictionary<string, CancellationTokenSource> _flapping = [];
    private Task _doing = Task.CompletedTask;

    /// <summary>Completes when all that takes time, such as starting a server again, has been done.</summary>
    public Task Settled
    {
        get
        {
            lock (_flapping)
            {
                return _doing;
            }
        }
    }

    public void Apply(FaultAction action, bool isOn)
    {
        switch (action)
        {
            case FaultAction.OfLink { Flap: { } period } flap:
                Flap(flap, period, isOn);
                break;
            case FaultAction.OfLink link:
                SetLink(link, isOn ? link.Fault : LinkFault.Pass);
                break;
            case FaultAction.OfService service:
                Region(service.Region).ServiceFaults.Set(service.Service, isOn ? service.Fault : null);
                break;
            case FaultAction.OfReplication replication:
                Do(() => DelayReplicationAsync(replication, isOn));
                break;
            case FaultAction.OfProcess process:
                Do(() => process.Process == "ui" ? SwitchUiAsync(Region(process.Region!), isOn) : SwitchAsync(EngineOf(process), isOn));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(action), action, "Not a fault that can be applied.");
        }
    }

    /// <summary>How often it was met so far, by those that count: links and services.</summary>
    public long? Met(FaultAction action) => action switch
    {
        FaultAction.OfLink { Region: null } link => LinksOf(link.Link).Sum(l => l.Disturbed),
        FaultAction.OfLink link => ProxyOf(link).Counters.Disturbed,
        FaultAction.OfService service => Region(service.Region).ServiceFaults.Met(service.Service),
        _ => null,
    };

    private void Do(Func<Task> work)
    {
        lock (_flapping)
        {
            // One after the other: a server must not be started while it is still being killed.
            _doing = Continue(_doing, work);
        }

        static async Task Continue(Task before, Func<Task> work)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await work();
        }
    }

    private void SetLink(FaultAction.OfLink link, LinkFault fault)
    {
        if (link.Region is null)
        {
            foreach (var shared in LinksOf(link.Link))
            {
                shared.Fault = fault;
            }
        }
        else
        {
            ProxyOf(link).Fault = fault;
        }
    }

    private void Flap(FaultAction.OfLink link, TimeSpan period, bool isOn)
    {
        lock (_flapping)
        {
            if (_flapping.Remove(link.Target, out var running))
            {
                running.Cancel();
            }

            SetLink(link, LinkFault.Pass);
            if (isOn)
            {
                var stop = _flapping[link.Target] = new CancellationTokenSource();
                _ = FlapAsync(link, period, stop.Token);
            }
        }
    }

    private async Task FlapAsync(FaultAction.OfLink link, TimeSpan period, CancellationToken stop)
    {
        for (var isDown = true; !stop.IsCancellationRequested; isDown = !isDown)
        {
            lock (_flapping)
            {
                if (!stop.IsCancellationRequested)
                {
                    SetLink(link, isDown ? link.Fault : LinkFault.Pass);
                }
            }

            await Task.Delay(period, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DelayReplicationAsync(FaultAction.OfReplication replication, bool isOn)
    {
        foreach (var global in parts.Aurora.GlobalClusters)
        {
            foreach (var follower in global.Members.Where(m => m != global.Writer && m.Server is { IsRunning: true }))
            {
                var server = follower.Server!;
                if (replication.Delay is { } delay)
                {
                    await server.ExecuteAsync($"STOP SLAVE; CHANGE MASTER TO MASTER_DELAY={(isOn ? Math.Ceiling(delay.TotalSeconds) : 0):0}; START SLAVE", CancellationToken.None);
                }
                else
                {
                    await server.ExecuteAsync(isOn ? "STOP SLAVE SQL_THREAD" : "START SLAVE SQL_THREAD", CancellationToken.None);
                }
            }
        }
    }

    private static async Task SwitchAsync(Engine? engine, bool isOff)
    {
        if (engine is not null)
        {
            await (isOff ? engine.KillAsync() : engine.StartAsync());
        }
    }

    private static Task SwitchUiAsync(LocalRegion region, bool isOff) => isOff ? region.Ui!.KillAsync() : region.Ui!.StartAsync(CancellationToken.None);

    private Engine? EngineOf(FaultAction.OfProcess process) => process.Process switch
    {
        "redis" => Region(process.Region!).Redis,
        "dynamodb" => Region(process.Region!).Dynalite,
        "orders-database" => parts.Aurora.Global("orders").Member(process.Region!).Server,
        "catalog-database" => parts.Aurora.Global("catalog").Member(process.Region!).Server,
        "rabbitmq" => parts.RabbitMq,
        var other => throw new ArgumentOutOfRangeException(nameof(process), other, "Not a process that can be killed."),
    };

    private IReadOnlyList<RegionLink> LinksOf(string name) => name switch
    {
        "replication" => [parts.Aurora.Topology.Replication],
        "databases" => [parts.Aurora.Topology.Clients],
        "tables" => [parts.Replication],
        "services" => [parts.Services],
        _ => parts.Links,
    };

    private FaultProxy ProxyOf(FaultAction.OfLink link) => link.Link switch
    {
        "rabbitmq" => parts.Broker(link.Region!),
        "orders-writer" => parts.Aurora.Global("orders").WriterEndpoint(link.Region!),
        "orders-reader" => parts.Aurora.Global("orders").Member(link.Region!).Endpoint,
        "catalog-writer" => parts.Aurora.Global("catalog").WriterEndpoint(link.Region!),
        _ => parts.Aurora.Global("catalog").Member(link.Region!).Endpoint,
    };

    private LocalRegion Region(string name) => parts.Regions.Single(r => r.Name == name);
}
