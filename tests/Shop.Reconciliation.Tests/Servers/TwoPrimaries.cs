using MySqlConnector;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Tests.Servers;

[assembly: AssemblyFixture(typeof(TwoPrimaries))]

namespace Shop.Reconciliation.Tests.Servers;

/// <summary>The old primary's copy and the new primary. Each test takes a database of its own on both.</summary>
public sealed class TwoPrimaries : IAsyncLifetime
{
    private int _databases;

    public MariaDbServer Old { get; private set; } = null!;

    public MariaDbServer New { get; private set; } = null!;

    internal static DatabaseLogin Login { get; } = new(new FixedSecrets(), MySqlSslMode.None, null);

    public async ValueTask InitializeAsync()
    {
        var servers = await Task.WhenAll(MariaDbServer.StartAsync(), MariaDbServer.StartAsync());
        (Old, New) = (servers[0], servers[1]);
    }

    public async Task<string> CreateDatabaseAsync(string schema)
    {
        var name = $"db{Interlocked.Increment(ref _databases)}";
        foreach (var server in new[] { Old, New })
        {
            await server.ExecuteAsync($"CREATE DATABASE {name}");
            await server.ExecuteAsync(schema, name);
        }

        return name;
    }

    public DatabaseEndpoint Source(string database) => new("127.0.0.1", Old.Port, database, "any");

    public DatabaseEndpoint Target(string database) => new("127.0.0.1", New.Port, database, "any");

    public async ValueTask DisposeAsync()
    {
        await Old.DisposeAsync();
        await New.DisposeAsync();
    }
}
