using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.Links;
using Shop.Rehearsal.Routing;

namespace Shop.Rehearsal.Faults;

/// <summary>Breaks parts of a running rehearsal by name, says what is broken since when, and mends it.</summary>
internal sealed class FaultBoard(HostParts parts, TimeProvider time)
{
    private static readonly LinkFault Slow = LinkFault.DelayedBy(TimeSpan.FromSeconds(1));
    private readonly Lock _lock = new();
    private readonly List<ActiveFault> _active = [];
    private readonly FaultWork _work = new(parts);

    public IReadOnlyList<ActiveFault> Active
    {
        get
        {
            lock (_lock)
            {
                return [.. _active];
            }
        }
    }

    /// <summary>Puts a fault in force. One that says something else of the same link or endpoint ends with that.</summary>
    public ActiveFault Start(FaultKind kind, string? region)
    {
        lock (_lock)
        {
            foreach (var other in _active.Where(a => a.Region == region && SameThing(a.Kind, kind)).ToList())
            {
                End(other);
            }

            Apply(kind, region, isOn: true);
            var fault = new ActiveFault(kind, region, time.GetUtcNow());
            _active.Add(fault);
            return fault;
        }
    }

    /// <returns>Whether it was in force.</returns>
    public bool End(FaultKind kind, string? region)
    {
        lock (_lock)
        {
            var fault = _active.Find(a => a.Kind.Name == kind.Name && a.Region == region);
            if (fault is not null)
            {
                End(fault);
            }

            return fault is not null;
        }
    }

    public void EndAll()
    {
        lock (_lock)
        {
            foreach (var fault in _active.ToList())
            {
                End(fault);
            }

            // Links may also have been broken elsewhere, for example by a drill.
            SetLinks(parts.Links, LinkFault.Pass);
        }
    }

    /// <summary>Frozen processes of a lost Region are gone, and come back unfrozen.</summary>
    public void Forget(string region)
    {
        lock (_lock)
        {
            _active.RemoveAll(a => a.Region == region);
        }
    }

    private void End(ActiveFault fault)
    {
        Apply(fault.Kind, fault.Region, isOn: false);
        _active.Remove(fault);
    }

    /// <summary>Completes when what takes time, such as starting a killed server again, has been done.</summary>
    public Task Settled => _work.Settled;

    /// <summary>How often the fault's link or service has disturbed somebody; null for faults that don't count.</summary>
    public long? Met(FaultKind kind) => kind.Action is { } action ? _work.Met(action) : null;

    private static bool SameThing(FaultKind one, FaultKind other) =>
        (one.Action is { } first && other.Action is { } second && first.Target == second.Target) ||
        one == other || (IsLink(one) && IsLink(other)) || (IsArc(one) && IsArc(other));

    private static bool IsLink(FaultKind kind) => kind.Name is "cut-replication" or "partition" or "slow-link" or "silent-link" or "cut-dynamodb-replication";

    private static bool IsArc(FaultKind kind) => kind.Name is "arc-endpoints-down" or "arc-endpoints-silent";

    private void Apply(FaultKind kind, string? region, bool isOn)
    {
        if (kind.Action is { } action)
        {
            _work.Apply(action, isOn);
            return;
        }

        switch (kind.Name)
        {
            case "cut-replication":
                SetLinks([parts.Replication, parts.Aurora.Topology.Replication], isOn ? LinkFault.Cut : LinkFault.Pass);
                break;
            case "partition":
                SetLinks(parts.Links, isOn ? LinkFault.Cut : LinkFault.Pass);
                break;
            case "slow-link":
                SetLinks(parts.Links, isOn ? Slow : LinkFault.Pass);
                break;
            case "silent-link":
                SetLinks(parts.Links, isOn ? LinkFault.Blackhole : LinkFault.Pass);
                break;
            case "cut-dynamodb-replication":
                SetLinks([parts.Replication], isOn ? LinkFault.Cut : LinkFault.Pass);
                break;
            case "arc-endpoints-down":
                SetArc(parts.ArcEndpoints.All.Take(4), isOn ? ArcEndpointFault.Unavailable : ArcEndpointFault.None);
                break;
            case "arc-endpoints-silent":
                SetArc(parts.ArcEndpoints.All, isOn ? ArcEndpointFault.Silent : ArcEndpointFault.None);
                break;
            case "pause-orders-database":
                Freeze(parts.Aurora.Global("orders").Member(region!).Server, isOn);
                break;
            case "pause-catalog-database":
                Freeze(parts.Aurora.Global("catalog").Member(region!).Server, isOn);
                break;
            case "pause-redis":
                Freeze(Region(region!).Redis, isOn);
                break;
            case "pause-dynamodb":
                Freeze(Region(region!).Dynalite, isOn);
                break;
            case "cut-rabbitmq":
                parts.Broker(region!).Fault = isOn ? LinkFault.Cut : LinkFault.Pass;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind.Name, "Not a fault that can be applied.");
        }
    }

    private LocalRegion Region(string name) => parts.Regions.Single(r => r.Name == name);

    private static void Freeze(Engine? engine, bool isOn)
    {
        if (isOn)
        {
            engine?.Suspend();
        }
        else
        {
            engine?.Resume();
        }
    }

    private static void SetLinks(IEnumerable<RegionLink> links, LinkFault fault)
    {
        foreach (var link in links)
        {
            link.Fault = fault;
        }
    }

    private static void SetArc(IEnumerable<ArcEndpoint> endpoints, ArcEndpointFault fault)
    {
        foreach (var endpoint in endpoints)
        {
            endpoint.Fault = fault;
        }
    }
}
