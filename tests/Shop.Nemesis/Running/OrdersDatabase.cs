using System.Globalization;
using MySqlConnector;
using Shop.Nemesis.Checking;
using Shop.Nemesis.Traffic;
using Shop.Rehearsal.Engines;

namespace Shop.Nemesis.Running;

/// <summary>Reads a database by the checker's own SQL, as root through the server's socket: past the store, its users, its drivers' settings and every link.</summary>
internal sealed class OrdersDatabase(MariaDbServer server, string database) : IAsyncDisposable
{
    private readonly MySqlDataSource _source = new(new MySqlConnectionStringBuilder
    {
        Server = server.Socket, ConnectionProtocol = MySqlConnectionProtocol.UnixSocket, UserID = "root", SslMode = MySqlSslMode.None, Database = database,
        GuidFormat = MySqlGuidFormat.None, DefaultCommandTimeout = 120, MaximumPoolSize = 4, AllowUserVariables = true,
    }.ConnectionString);

    public async Task<IReadOnlyList<StoredOrder>> OrdersAsync(CancellationToken cancellationToken)
    {
        var items = (await RowsAsync("SELECT order_id, product_id, quantity, unit_cost, total_cost FROM customer_order_item", r =>
            (Order: r.GetString(0), Item: (r.GetString(1), r.GetInt32(2), r.GetInt64(3), r.GetInt64(4))), cancellationToken)).ToLookup(i => i.Order, i => i.Item);
        return await RowsAsync(
            """
            SELECT id, customer_id, status, region, epoch, created_on, currency, subtotal, tax, shipping, total, recovered_from IS NOT NULL
            FROM customer_order WHERE customer_id <> 'synthetic'
            """,
            r =>
            {
                var own = items[r.GetString(0)].ToList();
                return new StoredOrder(
                    Guid.Parse(r.GetString(0), CultureInfo.InvariantCulture), r.GetString(1), r.GetString(2), r.GetString(3), r.GetInt64(4),
                    new DateTimeOffset(DateTime.SpecifyKind(r.GetDateTime(5), DateTimeKind.Utc)), r.GetInt64(7), r.GetInt64(10), r.GetInt64(8) + r.GetInt64(9), own.Sum(i => i.Item4),
                    Intent.HashOf(r.GetString(1), r.GetString(6), r.GetInt64(7), r.GetInt64(8), r.GetInt64(9), r.GetInt64(10), own), r.GetInt64(11) != 0);
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<OutboxRow>> OutboxAsync(CancellationToken cancellationToken) => RowsAsync(
        "SELECT b.event_id, b.order_id, b.type, b.sent_at IS NOT NULL FROM outbox b LEFT JOIN customer_order o ON o.id = b.order_id WHERE o.customer_id IS NULL OR o.customer_id <> 'synthetic'",
        r => new OutboxRow(Guid.Parse(r.GetString(0)), Guid.Parse(r.GetString(1)), r.GetString(2), r.GetInt64(3) != 0), cancellationToken);

    public Task<IReadOnlyList<Epoch>> EpochsAsync(CancellationToken cancellationToken) => RowsAsync(
        "SELECT epoch, writer_region, since FROM region_epoch ORDER BY epoch",
        r => new Epoch(r.GetInt64(0), r.GetString(1), new DateTimeOffset(DateTime.SpecifyKind(r.GetDateTime(2), DateTimeKind.Utc))), cancellationToken);

    public Task<IReadOnlyList<long>> StockAsync(CancellationToken cancellationToken) => RowsAsync("SELECT count FROM product", r => r.GetInt64(0), cancellationToken);

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(sql);
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync(cancellationToken))!, typeof(T), CultureInfo.InvariantCulture);
    }

    public Task<MySqlConnection> OpenAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken).AsTask();

    public async ValueTask DisposeAsync() => await _source.DisposeAsync();

    private async Task<IReadOnlyList<T>> RowsAsync<T>(string sql, Func<System.Data.Common.DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
