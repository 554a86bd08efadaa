using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.Routing;

/// <summary>The five endpoints of the cluster, in the Regions where AWS has them.</summary>
public sealed class ArcEndpoints : IAsyncDisposable
{
    private static readonly string[] Regions = ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "ap-southeast-2"];
    private readonly List<ArcEndpoint> _endpoints = [];

    public IReadOnlyList<ArcEndpoint> All => _endpoints;

    /// <param name="powers">The Regions that can be lost here: an endpoint in one of them goes with it.</param>
    public static async Task<ArcEndpoints> StartAsync(
        ArcCluster cluster, IReadOnlyCollection<RegionPower> powers, CancellationToken cancellationToken = default)
    {
        var endpoints = new ArcEndpoints();
        foreach (var region in Regions)
        {
            var power = powers.FirstOrDefault(power => power.Region == region);
            endpoints._endpoints.Add(await ArcEndpoint.StartAsync(region, cluster, power, cancellationToken));
        }

        return endpoints;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var endpoint in _endpoints)
        {
            await endpoint.DisposeAsync();
        }
    }
}
