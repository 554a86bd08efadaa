using System.Collections.Concurrent;
using Shop.Rehearsal.Links;

namespace Shop.Rehearsal.Aurora;

/// <summary>Which Regions are alive, and the two links between them that databases use.</summary>
public sealed class RegionTopology
{
    private readonly ConcurrentDictionary<string, bool> _lost = new();

    /// <summary>Between the storage of the Regions: replication of all global clusters.</summary>
    public RegionLink Replication { get; } = new("replication");

    /// <summary>From one Region's functions to the writer in the other.</summary>
    public RegionLink Clients { get; } = new("database clients");

    public bool IsOn(string region) => !_lost.ContainsKey(region);

    internal void Lose(string region) => _lost[region] = true;

    internal void Restore(string region) => _lost.TryRemove(region, out _);

    /// <summary>Sets a proxy that stands in one Region and leads to another (or the same).</summary>
    internal void Route(FaultProxy proxy, string from, string to, int? port)
    {
        if (!IsOn(from))
        {
            Clients.Detach(proxy);
            proxy.Fault = LinkFault.Cut;
        }
        else if (from != to)
        {
            Clients.Attach(proxy);
        }
        else
        {
            Clients.Detach(proxy);
            proxy.Fault = LinkFault.Pass;
        }

        proxy.LeadTo(port);
    }
}
