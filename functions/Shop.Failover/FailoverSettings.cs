using System.Globalization;
using Shop.Databases;
using Shop.Lambda;

namespace Shop.Failover;

/// <summary>The environment of the failover tasks. Each task reads only what it needs, so that one missing variable doesn't stop the others.</summary>
internal sealed class FailoverSettings(IReadOnlyDictionary<string, string?>? environment)
{
    public string Region => Required("AWS_REGION");

    /// <summary>The cluster's endpoints as <c>region=url</c>, comma separated. Literals of the deployment: looking them up needs a control plane.</summary>
    public IReadOnlyList<ArcEndpoint> ArcEndpoints => [.. Required("ARC_ENDPOINTS").Split(',').Select(ArcEndpoint.Parse)];

    /// <summary>The control table, where it keeps the routing in place of an ARC cluster.</summary>
    public string? RoutingTable => Variable("ROUTING_TABLE") is { Length: > 0 } table ? table : null;

    /// <summary>Of the metric that Route 53's health checks watch then.</summary>
    public string RoutingNamespace => Required("ROUTING_NAMESPACE");

    /// <summary>Base URL of the pages that a look asks.</summary>
    public Uri PagesUrl => new(Required("STORE_URL"));

    /// <summary><c>orders</c> or <c>pages</c>.</summary>
    public string LookAt => Variable("LOOK_AT") is { Length: > 0 } what ? what : "orders";

    /// <summary>How long the other Region has been gone when an alarm starts a run; zero where alarms take seconds, as in a rehearsal.</summary>
    public TimeSpan AlarmTime => Variable("ALARM_SECONDS") is not { Length: > 0 } text ? TimeSpan.Zero
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
        : throw new ShopException("Shop.NotConfigured", $"ALARM_SECONDS is '{text}'; expected a whole number of seconds.");

    public string PeerRegion => Required("PEER_REGION");

    /// <summary>Where the other Region's RDS answers; its public endpoint when not set.</summary>
    public Uri? PeerRdsEndpoint => Variable("PEER_RDS_ENDPOINT") is { Length: > 0 } url ? new Uri(url) : null;

    /// <summary>Base URL of this Region's load balancer.</summary>
    public Uri StoreUrl => new(Required("ORDERS_URL"));

    /// <summary>A database's settings: <c>&lt;DATABASE&gt;_DB_WRITER_ENDPOINT</c> and <c>&lt;DATABASE&gt;_DB_SECRET_ID</c>, for this executable talks to several.</summary>
    public DatabaseOptions Database(string database)
    {
        var prefix = database.ToUpperInvariant();
        var writer = DatabaseEndpoint.Parse($"{prefix}_DB_WRITER_ENDPOINT", Required($"{prefix}_DB_WRITER_ENDPOINT"));
        return new DatabaseOptions
        {
            Writer = writer,
            Reader = writer,
            Name = database,
            SecretId = Required($"{prefix}_DB_SECRET_ID"),
            SslMode = DatabaseOptions.ParseSslMode(Variable("DB_SSL_MODE")),
            SslCa = Variable("DB_SSL_CA"),
        };
    }

    public string? Variable(string name) => environment is null ? Environment.GetEnvironmentVariable(name) : environment.GetValueOrDefault(name);

    private string Required(string name) => Variable(name) is { Length: > 0 } value
        ? value
        : throw new ShopException("Shop.NotConfigured", $"The environment variable {name} is not set.");
}
