using Shop.Lambda;

namespace Shop.Failover;

/// <summary>One of the five data-plane endpoints of an ARC cluster. Requests to it are signed for its Region.</summary>
public sealed record ArcEndpoint(string Region, Uri Url)
{
    public static ArcEndpoint Parse(string text) => text.Split('=', 2) is [var region, var url] && Uri.TryCreate(url.Trim(), UriKind.Absolute, out var uri)
        ? new ArcEndpoint(region.Trim(), uri)
        : throw new ShopException("Shop.NotConfigured", $"ARC_ENDPOINTS: '{text}' is not region=url.");
}
