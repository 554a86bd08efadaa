using System.Collections.Concurrent;
using MySqlConnector;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Tests.Damage;
using Shop.Reconciliation.Tests.Servers;
using Shop.Rehearsal.Engines;
using Shop.Testing.Engines;

[assembly: AssemblyFixture(typeof(TwoPrimaries))]

namespace Shop.Reconciliation.Tests.Servers;

/// <summary>The old primary's copy and the new primary. Each test takes a database of its own on both.</summary>
public sealed class TwoPrimaries : IAsyncLifetime
{
    private readonly ConcurrentDictionary<int, Lazy<Task<Scenario>>> _scenarios = new();
    private int _databases;

    public MariaDbServer Old { get; private set; } = null!;

    public MariaDbServer New { get; private set; } = null!;

    internal static DatabaseLogin Login { get; } = new(new FixedSecrets(), MySqlSslMode.None, null);

    public async ValueTask InitializeAsync()
    {
        var servers = await Task.WhenAll(TestEngines.NewMariaDbAsync(readOnly: false), TestEngines.NewMariaDbAsync(readOnly: false, serverId: 2));
        (Old, New) = (servers[0], servers[1]);
        foreach (var server in servers)
        {
            await server.ExecuteAsync($"CREATE USER '{FixedSecrets.User}'@'%' IDENTIFIED BY '{FixedSecrets.Password}'");
            // Whoever does not say in which time zone he reads gets other times on the two sides.
            await server.ExecuteAsync(server == Old ? "SET GLOBAL time_zone = '-08:00'" : "SET GLOBAL time_zone = '+05:30'");
            await server.ExecuteAsync($"GRANT ALL ON *.* TO '{FixedSecrets.User}'@'%'");
        }
    }

    public static async Task<MySqlConnection> ConnectAsync(MariaDbServer server, string database, bool allowUserVariables = false)
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1",
            Port = (uint)server.Port,
            UserID = FixedSecrets.User,
            Password = FixedSecrets.Password,
            Database = database,
            SslMode = MySqlSslMode.None,
            Pooling = false,
            AllowUserVariables = allowUserVariables,
            GuidFormat = MySqlGuidFormat.None,
        }.ConnectionString);
        await connection.OpenAsync();
        await using var zone = new MySqlCommand("SET time_zone = '+00:00'", connection);
        await zone.ExecuteNonQueryAsync();
        return connection;
    }

    public async Task<string> CreateDatabaseAsync(string schema)
    {
        var name = $"db{Interlocked.Increment(ref _databases)}";
        foreach (var server in new[] { Old, New })
        {
            await server.ExecuteAsync($"CREATE DATABASE {name}; USE {name}; {schema}");
        }

        return name;
    }

    /// <summary>A seed's damage, done once: comparing only reads it.</summary>
    internal Task<Scenario> ScenarioAsync(int seed) =>
        _scenarios.GetOrAdd(seed, s => new(() => Scenario.CreateAsync(this, s))).Value;

    public DatabaseEndpoint Source(string database) => new("127.0.0.1", Old.Port, database, "any");

    public DatabaseEndpoint Target(string database) => new("127.0.0.1", New.Port, database, "any");

    public async ValueTask DisposeAsync()
    {
        foreach (var server in new[] { Old, New }.OfType<MariaDbServer>())
        {
            await server.DisposeAsync();
        }
    }
}
