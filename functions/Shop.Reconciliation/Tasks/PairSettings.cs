using Shop.Lambda;
using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Tasks;

/// <summary>Where the two sides of a planned move answer: <c>&lt;DATABASE&gt;_PEER_READER_ENDPOINT</c>, <c>_DB_WRITER_ENDPOINT</c> (host:port) and <c>_DB_SECRET_ID</c>.</summary>
internal static class PairSettings
{
    public static DatabasePair FromEnvironment(string database)
    {
        var prefix = database.ToUpperInvariant();
        return new DatabasePair(Endpoint("PEER_READER_ENDPOINT"), Endpoint("DB_WRITER_ENDPOINT"));

        DatabaseEndpoint Endpoint(string name)
        {
            var (host, port) = Shop.Databases.DatabaseEndpoint.Parse($"{prefix}_{name}", Required($"{prefix}_{name}"));
            return new DatabaseEndpoint(host, (int)port, database, Required($"{prefix}_DB_SECRET_ID"));
        }
    }

    private static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new ShopException("Shop.NotConfigured", $"The environment variable {name} is not set.");
}
