using Shop.Functions.Tests.Orders;
using Shop.Functions.Tests.Stores;
using Shop.Orders;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Links;
using Shop.Testing;

namespace Shop.Functions.Tests.Edges;

[Collection(StoreFixture.Name)]
public sealed class WhenTheWriterIsLost(StoreFixture store)
{
    private const int Requests = 20;
    private readonly string _key = SampleOrder.NewKey();

    [Fact]
    public async Task A_silent_writer_is_not_waited_for_again_and_again_and_is_found_when_it_speaks()
    {
        await using var line = FaultProxy.Start(store.Database.Port);
        await using var orders = await StartAsync(line.Endpoint);
        var order = SampleOrder.Json();
        Assert.Equal(201, (await orders.PlaceAsync(order)).Status);

        line.Fault = LinkFault.Blackhole;
        // A connection that was alive a moment ago, and one that can't be made.
        Assert.Equal(503, (await orders.PlaceAsync(order, _key)).Status);
        Assert.Equal(503, (await orders.PlaceAsync(order, _key)).Status);
        var connections = line.AcceptedConnections;
        for (var i = 0; i < Requests; i++)
        {
            var answer = await orders.PlaceAsync(order, _key);
            Assert.Equal((503, "2"), (answer.Status, answer.Header("Retry-After")));
        }

        // Without a circuit each of them would have tried, and waited.
        Assert.InRange(line.AcceptedConnections - connections, 0, Requests - 1);
        line.Fault = LinkFault.Pass;
        await AssertPlacedOnceAsync(orders, store.Database, order);
    }

    [Fact]
    public async Task Nobody_waits_for_a_connection_that_died_while_it_was_idle()
    {
        await using var line = FaultProxy.Start(store.Database.Port);
        await using var orders = await StartAsync(line.Endpoint);
        Assert.Equal(201, (await orders.PlaceAsync(SampleOrder.Json())).Status);

        line.ResetConnections();
        // Long enough to be looked at before it is used.
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);

        Assert.Equal(201, (await orders.PlaceAsync(SampleOrder.Json())).Status);
    }

    [Fact]
    public async Task A_connection_that_went_silent_while_it_was_idle_costs_one_ping()
    {
        await using var silent = FaultProxy.Start(store.Database.Port);
        await using var name = new MovingEndpoint(silent.Port);
        await using var orders = await StartAsync(name.Endpoint);
        Assert.Equal(201, (await orders.PlaceAsync(SampleOrder.Json())).Status);

        silent.Fault = LinkFault.Blackhole;
        name.MoveTo(store.Database.Port);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);

        Assert.Equal(201, (await orders.PlaceAsync(SampleOrder.Json())).Status);
    }

    [Fact]
    public async Task A_writer_that_has_moved_is_found_behind_a_connection_to_the_old_one()
    {
        await using var old = await NewWriterAsync();
        await using var name = new MovingEndpoint(old.Port);
        await using var orders = await StartAsync(name.Endpoint);
        Assert.Equal(201, (await orders.PlaceAsync(SampleOrder.Json())).Status);

        await old.ExecuteAsync("SET GLOBAL read_only = 1", TestContext.Current.CancellationToken);
        name.MoveTo(store.Database.Port);
        var placed = await orders.PlaceAsync(SampleOrder.Json(), _key);

        Assert.Equal(201, placed.Status);
        Assert.Equal((0, 1), (await CountAsync(old), await CountAsync(store.Database)));
    }

    [Fact]
    public async Task A_writer_that_was_killed_is_used_again_once_it_is_back()
    {
        await using var database = await NewWriterAsync();
        await using var orders = await StartAsync($"127.0.0.1:{database.Port}");
        var order = SampleOrder.Json();
        Assert.Equal(201, (await orders.PlaceAsync(order)).Status);

        await database.KillAsync();
        Assert.Equal(503, (await orders.PlaceAsync(order, _key)).Status);
        await database.StartAsync(TestContext.Current.CancellationToken);

        await AssertPlacedOnceAsync(orders, database, order);
    }

    [Fact]
    public async Task A_writer_that_froze_keeps_what_it_was_sent_once()
    {
        await using var database = await NewWriterAsync();
        await using var orders = await StartAsync($"127.0.0.1:{database.Port}");
        var order = SampleOrder.Json();
        Assert.Equal(201, (await orders.PlaceAsync(order)).Status);

        database.Suspend();
        try
        {
            Assert.Equal(503, (await orders.PlaceAsync(order, _key)).Status);
            Assert.Equal(503, (await orders.PlaceAsync(order, _key)).Status);
        }
        finally
        {
            database.Resume();
        }

        await AssertPlacedOnceAsync(orders, database, order);
    }

    private async Task AssertPlacedOnceAsync(KestrelFunction orders, MariaDbServer database, System.Text.Json.Nodes.JsonObject order)
    {
        // Refusals before are allowed, an order under another key is not; 200 when an attempt that was given up went through after all.
        await Eventually.HoldsAsync(async () => (await orders.PlaceAsync(order, _key)).Status is 200 or 201);
        Assert.Equal(200, (await orders.PlaceAsync(order, _key)).Status);
        Assert.Equal(1, await CountAsync(database));
    }

    private Task<long> CountAsync(MariaDbServer database) =>
        database.ScalarAsync<long>($"SELECT COUNT(*) FROM orders.customer_order WHERE id = '{_key}'");

    private async Task<MariaDbServer> NewWriterAsync()
    {
        var database = await StoreFixture.NewDatabaseAsync();
        await using var migrator = await store.MigratorAsync(database);
        Assert.False((await migrator.InvokeAsync($$"""{"database":"orders","region":"{{StoreFixture.Region}}"}""")).IsError);
        return database;
    }

    private Task<KestrelFunction> StartAsync(string writer) =>
        KestrelFunction.StartAsync(OrdersFunction.Build, store.OrdersEnvironment(("DB_WRITER_ENDPOINT", writer)));
}
