using Shop.Catalog;
using Shop.Migrator;
using Shop.Orders;
using Shop.Rehearsal.Engines;
using Shop.Testing;
using Shop.Testing.Engines;


namespace Shop.Functions.Tests.Stores;

/// <summary>A database server with the catalog and orders databases, migrated by the migrator, and the two functions on it.</summary>
public sealed class StoreFixture : IAsyncLifetime
{
    public const string Name = "store";
    public const string Region = "us-east-1";

    // Such as must be escaped in SQL.
    public const string Password = """p'a"s\s %""";

    public MariaDbServer Database { get; private set; } = null!;

    public SecretsServer Secrets { get; private set; } = null!;

    public KestrelFunction Catalog { get; private set; } = null!;

    /// <summary>Takes prices as they come.</summary>
    public KestrelFunction Orders { get; private set; } = null!;

    public Uri Broker { get; private set; } = null!;

    public string DatabaseEndpoint => $"127.0.0.1:{Database.Port}";

    public async ValueTask InitializeAsync()
    {
        var broker = TestEngines.RabbitMqAsync();
        Secrets = await SecretsServer.StartAsync();
        Database = await NewDatabaseAsync();
        Secrets.Set("shop-catalog-admin", ("admin", Password));
        Secrets.Set("shop-orders-admin", ("admin", Password));
        Secrets.Set("shop-catalog-app", ("catalog_app", Password));
        Secrets.Set("shop-orders-app", ("orders_app", Password));
        Secrets.Set("shop-broker", (TestEngines.Broker.User, TestEngines.Broker.Password));
        foreach (var database in new[] { "catalog", "orders" })
        {
            await using var migrator = await MigratorAsync(Database);
            var result = await migrator.InvokeAsync($$"""{"database":"{{database}}","region":"{{Region}}"}""");
            Assert.False(result.IsError, System.Text.Encoding.UTF8.GetString(result.Payload.Span));
        }

        Catalog = await KestrelFunction.StartAsync(CatalogFunction.Build, CatalogEnvironment());
        Broker = (await broker).EndpointOf(TestEngines.Broker.Name);
        Orders = await KestrelFunction.StartAsync(OrdersFunction.Build, OrdersEnvironment());
    }

    /// <summary>A server with nothing but the administrator.</summary>
    public static async Task<MariaDbServer> NewDatabaseAsync()
    {
        var database = await TestEngines.NewMariaDbAsync(readOnly: false);
        await database.ExecuteAsync(
            $"CREATE USER 'admin'@'%' IDENTIFIED BY '{MySqlConnector.MySqlHelper.EscapeString(Password)}'; GRANT ALL ON *.* TO 'admin'@'%' WITH GRANT OPTION;");
        return database;
    }

    public Task<FunctionDriver> MigratorAsync(MariaDbServer database) => FunctionDriver.StartAsync(
        (api, stop) => MigratorFunction.RunAsync(api, With(("DB_WRITER_ENDPOINT", $"127.0.0.1:{database.Port}"), ("_HANDLER", "Migrate")), stop));

    public Dictionary<string, string?> CatalogEnvironment(params (string Name, string? Value)[] changes) =>
        With([("DB_NAME", "catalog"), ("DB_SECRET_ID", "shop-catalog-app"), .. changes]);

    public Dictionary<string, string?> OrdersEnvironment(params (string Name, string? Value)[] changes) =>
        With([("DB_NAME", "orders"), ("DB_SECRET_ID", "shop-orders-app"), ("BROKER_ENDPOINT", Broker.ToString()), ("BROKER_SECRET_ID", "shop-broker"), .. changes]);

    /// <summary>As root, and also when the test has been cancelled: it may be what cleans up.</summary>
    public Task SqlAsync(string sql) => Database.ExecuteAsync(sql);

    public Task<T?> ScalarAsync<T>(string sql) => Database.ScalarAsync<T>(sql);

    public async ValueTask DisposeAsync()
    {
        await Orders.DisposeAsync();
        await Catalog.DisposeAsync();
        await Database.DeleteAsync();
        await Secrets.DisposeAsync();
    }

    public Dictionary<string, string?> With(params (string Name, string? Value)[] variables)
    {
        var environment = new Dictionary<string, string?>
        {
            ["AWS_REGION"] = Region,
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = Secrets.Url,
            ["DB_SSL_MODE"] = "None",
            ["DB_WRITER_ENDPOINT"] = DatabaseEndpoint,
            ["DB_READER_ENDPOINT"] = DatabaseEndpoint,
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return environment;
    }
}
