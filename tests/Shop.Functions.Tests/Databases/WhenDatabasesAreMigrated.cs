using System.Text;
using System.Text.Json;
using MySqlConnector;
using Shop.Functions.Tests.Stores;
using Shop.Testing;

namespace Shop.Functions.Tests.Databases;

[Collection(StoreFixture.Name)]
public sealed class WhenDatabasesAreMigrated(StoreFixture store)
{
    // No access to a database, a table, or a privileged statement.
    private static readonly int[] Refusals = [1044, 1142, 1227];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("catalog")]
    [InlineData("orders")]
    public async Task Nothing_is_applied_twice(string database)
    {
        await using var migrator = await store.MigratorAsync(store.Database);

        var result = await MigrateAsync(migrator, database);

        Assert.Empty(result.GetProperty("applied").EnumerateArray());
        Assert.True(result.GetProperty("version").GetInt32() >= 1);
    }

    [Fact]
    public async Task Migrations_at_the_same_time_apply_each_version_once()
    {
        await using var database = await StoreFixture.NewDatabaseAsync();
        var migrators = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.MigratorAsync(database)));

        var results = await Task.WhenAll(migrators.Select(m => MigrateAsync(m, "catalog")));

        Assert.Equal([1, 2], results.SelectMany(r => r.GetProperty("applied").EnumerateArray().Select(v => v.GetInt32())).Order());
        Assert.Equal(6 + 32, await database.ScalarAsync<long>("SELECT COUNT(*) FROM catalog.product", Cancellation));
        foreach (var migrator in migrators)
        {
            await migrator.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_migration_that_stopped_half_way_is_finished_by_the_next()
    {
        await using var database = await StoreFixture.NewDatabaseAsync();
        await using var migrator = await store.MigratorAsync(database);
        await MigrateAsync(migrator, "catalog");
        await database.ExecuteAsync("DELETE FROM catalog.schema_version; DROP TABLE catalog.product_tag; DELETE FROM catalog.product LIMIT 10", Cancellation);

        var result = await MigrateAsync(migrator, "catalog");

        Assert.Equal(2, result.GetProperty("applied").GetArrayLength());
        Assert.Equal(38, await database.ScalarAsync<long>("SELECT COUNT(DISTINCT product_id) FROM catalog.product_tag", Cancellation));
    }

    [Fact]
    public async Task A_column_or_an_index_that_is_there_without_its_version_is_not_added_again()
    {
        await using var database = await StoreFixture.NewDatabaseAsync();
        await using var migrator = await store.MigratorAsync(database);
        await MigrateAsync(migrator, "orders");
        await database.ExecuteAsync("DELETE FROM orders.schema_version", Cancellation);

        var result = await MigrateAsync(migrator, "orders");

        Assert.Equal([1, 2, 3, 4], result.GetProperty("applied").EnumerateArray().Select(v => v.GetInt32()));
        Assert.Equal(2, await database.ScalarAsync<long>("SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'orders' AND column_name IN ('correlation_id', 'recovered_from')", Cancellation));
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = 'orders' AND index_name = 'ix_outbox_order'", Cancellation));
    }

    [Fact]
    public async Task A_script_that_was_changed_after_it_ran_is_refused_by_name()
    {
        await using var database = await StoreFixture.NewDatabaseAsync();
        await using var migrator = await store.MigratorAsync(database);
        await MigrateAsync(migrator, "orders");
        await database.ExecuteAsync("UPDATE orders.schema_version SET checksum = REPEAT('0', 64) WHERE version = 1", Cancellation);

        var result = await migrator.InvokeAsync("""{"database":"orders"}""");

        Assert.True(result.IsError);
        Assert.Contains("Shop.SchemaChanged", Encoding.UTF8.GetString(result.Payload.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_database_is_refused()
    {
        await using var migrator = await store.MigratorAsync(store.Database);

        var result = await migrator.InvokeAsync("""{"database":"mysql"}""");

        Assert.Contains("Shop.InvalidInput", Encoding.UTF8.GetString(result.Payload.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_epoch_is_the_first_writers_and_stays()
    {
        await using var database = await StoreFixture.NewDatabaseAsync();
        await using var migrator = await store.MigratorAsync(database);
        await MigrateAsync(migrator, "orders", "us-east-1");

        await MigrateAsync(migrator, "orders", "us-west-2");

        Assert.Equal("1 us-east-1", await database.ScalarAsync<string>("SELECT GROUP_CONCAT(epoch, ' ', writer_region) FROM orders.region_epoch", Cancellation));
    }

    [Theory]
    [InlineData("orders", "CREATE TABLE x (i INT)")]
    [InlineData("orders", "DELETE FROM customer_order")]
    [InlineData("orders", "UPDATE customer_order_item SET quantity = 0")]
    [InlineData("orders", "DELETE FROM outbox")]
    [InlineData("orders", "INSERT INTO region_epoch VALUES (9, 'x', UTC_TIMESTAMP(6))")]
    [InlineData("orders", "SET GLOBAL read_only = 0")]
    [InlineData("catalog", "UPDATE product SET price = 1")]
    [InlineData("catalog", "SELECT COUNT(*) FROM orders.customer_order")]
    public async Task The_services_login_may_not(string database, string sql)
    {
        var secret = $"{database}_app";
        await using var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1", Port = (uint)store.Database.Port, UserID = secret, Password = StoreFixture.Password, Database = database,
            SslMode = MySqlSslMode.None, Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(sql, connection);

        var refused = await Assert.ThrowsAsync<MySqlException>(() => command.ExecuteNonQueryAsync(Cancellation));

        Assert.Contains(refused.Number, Refusals);
    }

    private static async Task<JsonElement> MigrateAsync(FunctionDriver migrator, string database, string region = "us-east-1")
    {
        var result = await migrator.InvokeAsync($$"""{"database":"{{database}}","region":"{{region}}"}""");
        var text = Encoding.UTF8.GetString(result.Payload.Span);
        Assert.False(result.IsError, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
