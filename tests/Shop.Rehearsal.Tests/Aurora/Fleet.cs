using System.Collections.Concurrent;
using MySqlConnector;
using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Links;
using Shop.Testing;
using Shop.Testing.Engines;

namespace Shop.Rehearsal.Tests.Aurora;

/// <summary>A global cluster <c>orders</c> with one table, on two real servers.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    public const string East = "us-east-1";
    public const string West = "us-west-2";
    private readonly EngineHost _host;

    private Fleet(EngineHost host, AuroraFleet aurora, ConcurrentQueue<RdsEvent> events)
    {
        _host = host;
        Aurora = aurora;
        Events = events;
    }

    public AuroraFleet Aurora { get; }

    public ConcurrentQueue<RdsEvent> Events { get; }

    public GlobalCluster Orders => Aurora.Global("orders");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Fleet> StartAsync()
    {
        var artifacts = Path.Combine(Repository.Root, "artifacts");
        var host = EngineHost.Create(Path.Combine(artifacts, "tests"), Path.Combine(artifacts, "cache"));
        var events = new ConcurrentQueue<RdsEvent>();
        var options = new AuroraOptions { Databases = ["orders"] };
        var aurora = await AuroraFleet.StartAsync(host, options, events.Enqueue, cancellationToken: Token);
        var fleet = new Fleet(host, aurora, events);
        await fleet.ExecuteAsync(fleet.Orders.WriterEndpoint(East), "CREATE TABLE entry (id INT PRIMARY KEY) ENGINE=InnoDB");
        return fleet;
    }

    public Task InsertAsync(int first, int count, string through = East) => ExecuteAsync(
        Orders.WriterEndpoint(through), string.Concat(Enumerable.Range(first, count).Select(id => $"INSERT INTO entry VALUES ({id});")));

    public Task<List<int>> ReadAsync(string region) => ReadAsync(Orders.Member(region).Endpoint);

    public async Task<List<int>> ReadAsync(FaultProxy endpoint)
    {
        await using var connection = await OpenAsync(endpoint);
        await using var command = new MySqlCommand("SELECT id FROM entry ORDER BY id", connection);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var ids = new List<int>();
        while (await reader.ReadAsync(Token))
        {
            ids.Add(reader.GetInt32(0));
        }

        return ids;
    }

    public async Task ExecuteAsync(FaultProxy endpoint, string sql)
    {
        await using var connection = await OpenAsync(endpoint);
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    public async Task<MySqlConnection> OpenAsync(FaultProxy endpoint)
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1", Port = (uint)endpoint.Port, UserID = Accounts.Admin, Password = Orders.Accounts.AdminPassword, Database = "orders",
            SslMode = MySqlSslMode.VerifyFull, SslCa = Aurora.Authority, Pooling = false, ConnectionTimeout = 30,
        }.ConnectionString);
        await connection.OpenAsync(Token);
        return connection;
    }

    public Task ReplicatedAsync() => Eventually.HoldsAsync(async () => (await Orders.MeasureLagAsync(Token)).Transactions == 0);

    public async ValueTask DisposeAsync()
    {
        await Aurora.DisposeAsync();
        _host.Dispose();
    }
}
