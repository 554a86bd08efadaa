using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.Routing;

/// <summary>One of the five ways to reach the cluster. It lives in a Region and is gone with it; the cluster's state is not.</summary>
public sealed class ArcEndpoint : IAsyncDisposable
{
    private AwsJsonServer _server = null!;

    private ArcEndpoint(string region) => Region = region;

    public string Region { get; }

    public Uri Address => _server.Address;

    public ArcEndpointFault Fault { get; set; }

    public static async Task<ArcEndpoint> StartAsync(
        string region, ArcCluster cluster, RegionPower? power, CancellationToken cancellationToken)
    {
        var endpoint = new ArcEndpoint(region);
        endpoint._server = await AwsJsonServer.StartAsync(power, [ArcApi.Create(cluster)], endpoint.ApplyFaultAsync, faults: null, cancellationToken);
        return endpoint;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<bool> ApplyFaultAsync(HttpContext context)
    {
        switch (Fault)
        {
            case ArcEndpointFault.None:
                return false;
            case ArcEndpointFault.Unavailable:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.ContentType = "application/x-amz-json-1.0";
                await context.Response.WriteAsync(
                    """{"__type":"EndpointTemporarilyUnavailableException","message":"The cluster endpoint isn't available. Try another cluster endpoint."}""",
                    context.RequestAborted);
                return true;
            case ArcEndpointFault.Dropped:
                context.Abort();
                return true;
            case ArcEndpointFault.Silent:
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return true;
            default:
                throw new InvalidOperationException($"Unknown fault {Fault}.");
        }
    }
}
