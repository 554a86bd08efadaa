using System.Globalization;
using Shop.Lambda;

namespace Shop.Checkout;

/// <summary>Where the checkouts are kept, and who knows prices and takes orders.</summary>
internal sealed class CheckoutOptions
{
    public required string Region { get; init; }

    public required string RedisHost { get; init; }

    public required int RedisPort { get; init; }

    public bool RedisTls { get; init; } = true;

    /// <summary>Null: the server asks for no password.</summary>
    public string? RedisSecretId { get; init; }

    public required Uri CatalogUrl { get; init; }

    public required Uri OrdersUrl { get; init; }

    public static CheckoutOptions From(FunctionEnvironment environment)
    {
        var redis = Required(environment, "REDIS_ENDPOINT");
        var colon = redis.LastIndexOf(':');
        if (colon < 1 || !int.TryParse(redis.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            throw new InvalidOperationException($"REDIS_ENDPOINT is not host:port: {redis}");
        }

        return new CheckoutOptions
        {
            Region = Required(environment, "AWS_REGION"),
            RedisHost = redis[..colon],
            RedisPort = port,
            RedisTls = environment["REDIS_TLS"] is not { } tls || bool.Parse(tls),
            RedisSecretId = environment["REDIS_SECRET_ID"],
            CatalogUrl = Url(environment, "CATALOG_URL"),
            OrdersUrl = Url(environment, "ORDERS_URL"),
        };
    }

    private static Uri Url(FunctionEnvironment environment, string name)
    {
        var text = Required(environment, name);
        return Uri.TryCreate(text.TrimEnd('/') + '/', UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            ? url
            : throw new InvalidOperationException($"{name} is not a URL: {text}");
    }

    private static string Required(FunctionEnvironment environment, string name) =>
        environment[name] ?? throw new InvalidOperationException($"{name} is not set.");
}
