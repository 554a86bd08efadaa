using MySqlConnector;
using Shop.Rehearsal.Engines;

namespace Shop.Benchmarks.Reconciling;

/// <summary>Two MariaDB servers with the store's own schema and as many orders as asked for; then damage of every class.</summary>
internal sealed class TwoSides : IAsyncDisposable
{
    public const string Database = "orders";
    public static readonly DateTimeOffset Failover = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private const int Batch = 250_000;
    private readonly EngineHost _host;

    private TwoSides(EngineHost host, MariaDbServer old, MariaDbServer current)
    {
        _host = host;
        (Old, New) = (old, current);
    }

    public MariaDbServer Old { get; }

    public MariaDbServer New { get; }

    public MariaDbServer[] Both => [Old, New];

    public static async Task<TwoSides> StartAsync(string folder, string cache, CancellationToken cancellationToken)
    {
        var host = EngineHost.Create(folder, cache);
        try
        {
            var old = await MariaDbServer.StartAsync(host, new MariaDbOptions { Name = "old-primary", ReadOnly = false }, cancellationToken);
            var current = await MariaDbServer.StartAsync(host, new MariaDbOptions { Name = "new-primary", ServerId = 2, ReadOnly = false }, cancellationToken);
            return new TwoSides(host, old, current);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public static string ConnectionString(MariaDbServer server) => new MySqlConnectionStringBuilder
    {
        Server = server.Socket,
        ConnectionProtocol = MySqlConnectionProtocol.UnixSocket,
        UserID = "root",
        Database = Database,
        SslMode = MySqlSslMode.None,
        Pooling = false,
        GuidFormat = MySqlGuidFormat.None,
        DefaultCommandTimeout = 0,
        AllowUserVariables = true,
    }.ConnectionString;

    /// <summary>Fills both sides alike. Ids grow with time, as UUIDv7 does; every order has two or three items.</summary>
    public async Task FillAsync(string schema, int orders, int bufferPoolMegabytes, CancellationToken cancellationToken) =>
        await Task.WhenAll(Both.Select(server => FillAsync(server, schema, orders, bufferPoolMegabytes, cancellationToken)));

    public async Task<long> CountAsync(string table, CancellationToken cancellationToken) =>
        await Old.ScalarAsync<long>($"SELECT COUNT(*) FROM {Database}.{table}", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Old.DisposeAsync();
        await New.DisposeAsync();
        _host.Dispose();
    }

    private static async Task FillAsync(MariaDbServer server, string schema, int orders, int bufferPoolMegabytes, CancellationToken cancellationToken)
    {
        // A store's server has its data in memory; the rehearsal's own setting is for small data.
        await server.ExecuteAsync($"SET GLOBAL innodb_buffer_pool_size = {bufferPoolMegabytes} * 1024 * 1024", cancellationToken);
        await server.ExecuteAsync($"CREATE DATABASE {Database}", cancellationToken);
        await using var connection = new MySqlConnection(ConnectionString(server));
        await connection.OpenAsync(cancellationToken);
        await RunAsync(connection, $"SET sql_log_bin = 0, unique_checks = 0, foreign_key_checks = 0, time_zone = '+00:00'; {schema}", cancellationToken);
        for (var from = 0; from < orders; from += Batch)
        {
            await RunAsync(connection, Orders(from + 1, Math.Min(from + Batch, orders), orders), cancellationToken);
            await RunAsync(connection, Items(from + 1, Math.Min(from + Batch, orders)), cancellationToken);
        }

        await RunAsync(connection, "ANALYZE TABLE customer_order, customer_order_item", cancellationToken);
    }

    private static string Orders(int from, int to, int all) => $"""
        INSERT INTO customer_order (id, customer_id, first_name, last_name, email, address1, city, state, zip, created_on, updated_at, status, region, epoch,
          currency, subtotal, tax, shipping, total, content_hash)
        SELECT {OrderedId("seq")}, CONCAT('customer-', seq % 50000), 'Ada', CONCAT('Buyer', seq % 9973), CONCAT('buyer', seq % 50000, '@example.com'),
          CONCAT(seq % 300, ' Harbour Street'), 'Port', 'PT', LPAD(seq % 90000, 5, '0'),
          '2026-11-23 12:00:00' - INTERVAL ({all} - seq) SECOND, '2026-11-23 12:00:00' - INTERVAL ({all} - seq) SECOND, 'placed', 'us-east-1', 1,
          ELT(1 + seq % 3, 'USD', 'EUR', 'USD'), seq % 20000 + 500, seq % 1000, 500, seq % 20000 + 1000 + seq % 1000, REPEAT(HEX(seq % 16), 64)
        FROM seq_{from}_to_{to}
        """;

    private static string Items(int from, int to) => $"""
        INSERT INTO customer_order_item (order_id, product_id, name, quantity, unit_cost, total_cost, position)
        SELECT {OrderedId("o.seq")}, CONCAT('product-', (o.seq * 31 + i.seq * 17) % 900 + i.seq * 1000), CONCAT('Wood Watch ', o.seq % 900), 1 + o.seq % 4, 500, 500 * (1 + o.seq % 4), i.seq
        FROM seq_{from}_to_{to} o JOIN seq_0_to_2 i ON i.seq < 2 + o.seq % 2 ORDER BY o.seq, i.seq
        """;

    /// <summary>36 characters that grow with the number, spread as a UUIDv7 is behind its time.</summary>
    public static string OrderedId(string number) =>
        $"LOWER(CONCAT('0193', LPAD(HEX({number} DIV 65536), 4, '0'), '-', LPAD(HEX({number} % 65536), 4, '0'), '-7', LPAD(HEX({number} * 7 % 4096), 3, '0'), '-8', LPAD(HEX({number} * 13 % 4096), 3, '0'), '-', LPAD(HEX({number} * 104729 % 281474976710655), 12, '0')))";

    private static async Task RunAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
