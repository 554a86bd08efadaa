using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MySqlConnector;
using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.Hosting;

namespace Shop.Rehearsal.ControlRoom.Live;

/// <summary>Asks each dependency of a Region something in its own protocol, over the ways that the Region's functions use.</summary>
internal sealed class Probe(HostParts parts, LocalRegion region, TimeProvider time) : IDisposable
{
    private const string OrdersDatabase = "Orders DB";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(400);
    private readonly HttpClient _http = new() { Timeout = Patience };

    /// <summary>As the Region's own copy of the orders database tells it; null when it doesn't answer.</summary>
    public OrdersFacts? Orders { get; private set; }

    public IReadOnlyList<Dependency> Dependencies { get; private set; } = [];

    public async Task AskAsync(CancellationToken cancellationToken)
    {
        Dependencies = await Task.WhenAll(
            AskAsync(OrdersDatabase, AskOrdersAsync, cancellationToken),
            AskAsync("Catalog DB", AskCatalogAsync, cancellationToken),
            AskAsync("Redis", cancel => TalkAsync(region.Redis.Port, "PING\r\n", cancel), cancellationToken),
            AskAsync("RabbitMQ", cancel => TalkAsync(parts.Broker(region.Name).Port, "AMQP\0\0\t\u0001", cancel), cancellationToken),
            AskAsync("DynamoDB", AskDynamoDbAsync, cancellationToken),
            AskAsync("Store UI", async cancel => (await _http.GetAsync(new Uri(region.Ui!.Address, "health"), cancel)).EnsureSuccessStatusCode().Dispose(), cancellationToken));
    }

    public void Dispose() => _http.Dispose();

    private async Task<Dependency> AskAsync(string name, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        if (!region.Power.IsOn)
        {
            return new Dependency(name, Health.Down, "lost with its Region");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var started = time.GetTimestamp();
        try
        {
            await ask(limit.Token).WaitAsync(limit.Token);
            var took = time.GetElapsedTime(started);
            return new Dependency(name, took > Slow ? Health.Slow : Health.Ok, string.Create(CultureInfo.InvariantCulture, $"answers in {took.TotalMilliseconds:0} ms"));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Orders = name == OrdersDatabase ? null : Orders;
            return new Dependency(name, Health.Down, e is OperationCanceledException or TimeoutException ? $"no answer in {Patience.TotalSeconds:0.0} s" : "refuses connections");
        }
    }

    private async Task AskOrdersAsync(CancellationToken _)
    {
        await using var rows = await QueryAsync("orders",
            "SELECT COALESCE(MAX(epoch), 0), (SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL), @@GLOBAL.read_only FROM region_epoch");
        await rows.Reader.ReadAsync(CancellationToken.None);
        Orders = new OrdersFacts(rows.Reader.GetInt64(0), rows.Reader.GetInt64(1), rows.Reader.GetInt64(2) != 0);
    }

    private async Task AskCatalogAsync(CancellationToken _)
    {
        await using var rows = await QueryAsync("catalog", "SELECT 1");
        await rows.Reader.ReadAsync(CancellationToken.None);
    }

    /// <summary>
    /// By the driver's own time limits and no token: a token that fires as the server dies makes the driver throw on the timer's thread, which ends the host.
    /// </summary>
    private async Task<Rows> QueryAsync(string database, string sql)
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1",
            Port = (uint)parts.Databases.ReaderPort(database, region.Name),
            UserID = Accounts.Admin,
            Password = parts.Databases.AdminPassword(database),
            Database = database,
            SslMode = MySqlSslMode.VerifyFull,
            SslCa = parts.Aurora.Authority,
            ConnectionTimeout = 2,
            DefaultCommandTimeout = 2,
            MaximumPoolSize = 2,
        }.ConnectionString);
        try
        {
            await connection.OpenAsync(CancellationToken.None);
            var command = new MySqlCommand(sql, connection);
            return new Rows(connection, command, await command.ExecuteReaderAsync(CancellationToken.None));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task AskDynamoDbAsync(CancellationToken cancellationToken)
    {
        // Any answer is one: it takes a round trip through the gateway to the engine.
        using var request = new HttpRequestMessage(HttpMethod.Post, region.Dynalite.Endpoint) { Content = new StringContent("{}", Encoding.UTF8, "application/x-amz-json-1.0") };
        using var answer = await _http.SendAsync(request, cancellationToken);
    }

    private static async Task TalkAsync(int port, string greeting, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, cancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(greeting), cancellationToken);
        var answer = new byte[1];
        await client.GetStream().ReadExactlyAsync(answer, cancellationToken);
    }

    private sealed record Rows(MySqlConnection Connection, MySqlCommand Command, MySqlDataReader Reader) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Reader.DisposeAsync();
            await Command.DisposeAsync();
            await Connection.DisposeAsync();
        }
    }
}

/// <param name="Outbox">Order events that have not been published.</param>
internal sealed record OrdersFacts(long Epoch, long Outbox, bool IsReadOnly);
