using Shop.Lambda;

namespace Shop.Failover;

/// <summary>The environment of the failover tasks. Each task reads only what it needs, so that one missing variable doesn't stop the others.</summary>
internal sealed class FailoverSettings(IReadOnlyDictionary<string, string?>? environment)
{
    public string Region => Required("AWS_REGION");

    /// <summary>The cluster's endpoints as <c>region=url</c>, comma separated. Literals of the deployment: looking them up needs a control plane.</summary>
    public IReadOnlyList<ArcEndpoint> ArcEndpoints => [.. Required("ARC_ENDPOINTS").Split(',').Select(ArcEndpoint.Parse)];

    public string PeerRegion => Required("PEER_REGION");

    /// <summary>Where the other Region's RDS answers; its public endpoint when not set.</summary>
    public Uri? PeerRdsEndpoint => Variable("PEER_RDS_ENDPOINT") is { Length: > 0 } url ? new Uri(url) : null;

    /// <summary>Base URL of this Region's load balancer.</summary>
    public Uri StoreUrl => new(Required("ORDERS_URL"));

    /// <summary>Connection settings of a database, named <c>&lt;DATABASE&gt;_DB_WRITER_ENDPOINT</c> and so on, under the names Shop.Databases knows.</summary>
    public Dictionary<string, string?> DatabaseEnvironment(string database)
    {
        var prefix = $"{database.ToUpperInvariant()}_";
        string[] names = ["DB_WRITER_ENDPOINT", "DB_READER_ENDPOINT", "DB_SECRET_ID"];
        var variables = names.ToDictionary(n => n, n => Variable(prefix + n));
        variables["DB_NAME"] = database;
        variables["DB_SSL_MODE"] = Variable("DB_SSL_MODE");
        variables["DB_SSL_CA"] = Variable("DB_SSL_CA");
        variables["AWS_REGION"] = Region;
        return variables;
    }

    public string? Variable(string name) => environment is null ? Environment.GetEnvironmentVariable(name) : environment.GetValueOrDefault(name);

    private string Required(string name) => Variable(name) is { Length: > 0 } value
        ? value
        : throw new ShopException("Shop.NotConfigured", $"The environment variable {name} is not set.");
}
