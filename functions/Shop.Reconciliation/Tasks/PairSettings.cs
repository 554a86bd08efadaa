using System.Globalization;
using Shop.Lambda;
using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Tasks;

/// <summary>Where the two sides of a planned move answer: <c>&lt;DATABASE&gt;_PEER_READER_ENDPOINT</c>, <c>_DB_WRITER_ENDPOINT</c> (host:port) and <c>_DB_SECRET_ID</c>.</summary>
internal static class PairSettings
{
    public static DatabasePair FromEnvironment(string database)
    {
        var prefix = database.ToUpperInvariant();
        var secret = Required($"{prefix}_DB_SECRET_ID");
        return new DatabasePair(Endpoint($"{prefix}_PEER_READER_ENDPOINT", database, secret), Endpoint($"{prefix}_DB_WRITER_ENDPOINT", database, secret));
    }

    private static DatabaseEndpoint Endpoint(string variable, string database, string secret)
    {
        var value = Required(variable);
        return value.LastIndexOf(':') is > 0 and var colon && int.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new DatabaseEndpoint(value[..colon], port, database, secret)
            : throw new ShopException("Shop.NotConfigured", $"{variable} is '{value}', expected host:port.");
    }

    private static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new ShopException("Shop.NotConfigured", $"The environment variable {name} is not set.");
}
