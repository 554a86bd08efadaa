using Microsoft.Extensions.Configuration;

namespace Shop.Orders;

/// <param name="Region">Stamped on every order that this function writes.</param>
/// <param name="ListAll">Lets operators list orders of all customers.</param>
/// <param name="Catalog">Where prices are checked; without it they are taken as they come.</param>
/// <param name="Broker"><c>amqp[s]://host:port/vhost</c>.</param>
/// <param name="BrokerSecretId">The broker's login.</param>
/// <param name="ControlTable">Where failovers say which reign is the newest; without it a former writer is not told from the current one.</param>
public sealed record OrdersOptions(string Region, bool ListAll, Uri? Catalog, Uri Broker, string BrokerSecretId, string? ControlTable)
{
    public static OrdersOptions From(IConfiguration environment) => new(
        Required(environment, "AWS_REGION"),
        ParseFlag(environment, "ORDERS_LIST_ALL"),
        environment["CATALOG_URL"] is { Length: > 0 } url ? ParseUri("CATALOG_URL", url, "http", "https") : null,
        ParseUri("BROKER_ENDPOINT", Required(environment, "BROKER_ENDPOINT"), "amqp", "amqps"),
        Required(environment, "BROKER_SECRET_ID"),
        environment["CONTROL_TABLE"] is { Length: > 0 } table ? table : null);

    private static string Required(IConfiguration environment, string variable) =>
        environment[variable] is { Length: > 0 } value ? value : throw new InvalidOperationException($"{variable} is not set.");

    private static bool ParseFlag(IConfiguration environment, string variable) => environment[variable] switch
    {
        null or "" or "false" => false,
        "true" => true,
        { } other => throw new InvalidOperationException($"{variable} is '{other}'; expected true or false."),
    };

    private static Uri ParseUri(string variable, string value, params string[] schemes) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme)
            ? uri
            : throw new InvalidOperationException($"{variable} is '{value}'; expected a URL with scheme {string.Join(" or ", schemes)}.");
}
