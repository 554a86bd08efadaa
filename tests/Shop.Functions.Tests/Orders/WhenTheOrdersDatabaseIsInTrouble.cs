using System.Text.RegularExpressions;
using Shop.Contracts;
using Shop.Functions.Tests.Stores;
using Shop.Orders;

namespace Shop.Functions.Tests.Orders;

[Collection(StoreFixture.Name)]
public sealed partial class WhenTheOrdersDatabaseIsInTrouble(StoreFixture store)
{
    private readonly string _key = SampleOrder.NewKey();

    [Fact]
    public async Task A_fenced_writer_means_503_until_it_is_open_again()
    {
        await store.Orders.PlaceAsync(SampleOrder.Json(), _key);
        await store.SqlAsync("SET GLOBAL read_only = 1");
        try
        {
            var refused = await store.Orders.PlaceAsync(SampleOrder.Json());

            Assert.Equal((503, ProblemTypes.Unavailable, "2"), (refused.Status, refused.ProblemType, refused.Header("Retry-After")));
            Assert.Equal(503, (await store.Orders.CancelAsync(_key)).Status);
            Assert.Equal(200, (await store.Orders.GetAsync($"/orders/{_key}")).Status);
        }
        finally
        {
            await store.SqlAsync("SET GLOBAL read_only = 0");
        }

        Assert.Equal(201, (await store.Orders.PlaceAsync(SampleOrder.Json())).Status);
    }

    [Fact]
    public async Task Without_the_writer_an_order_is_read_from_the_copy_and_the_answer_says_so()
    {
        var customer = $"customer-{_key}";
        await store.Orders.PlaceAsync(SampleOrder.Json(customer), _key);
        using var nowhere = new ClosedPort();
        await using var orders = await StartAsync(nowhere.Endpoint);

        var known = await orders.GetAsync($"/orders/{_key}");
        var unknown = await orders.GetAsync($"/orders/{SampleOrder.NewKey()}");
        var list = await orders.GetAsync($"/orders?customerId={customer}");

        Assert.Equal((200, "reader"), (known.Status, known.Header("X-Read-From")));
        // Not 404: the copy may lag.
        Assert.Equal(503, unknown.Status);
        Assert.Equal((200, 1), (list.Status, list.Json.GetArrayLength()));
        Assert.Equal(503, (await orders.PlaceAsync(SampleOrder.Json())).Status);
        Assert.Equal(503, (await orders.GetAsync("/orders/health")).Status);
        Assert.Null((await store.Orders.GetAsync($"/orders/{_key}")).Header("X-Read-From"));
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_read_back()
    {
        await using var line = new CommitCutter(store.Database.Port, deliver: true);
        await using var orders = await StartAsync(line.Endpoint);

        var placed = await orders.PlaceAsync(SampleOrder.Json(), _key);

        Assert.Equal(1, line.Cuts);
        Assert.Equal((201, _key), (placed.Status, placed.Json.GetProperty("id").GetString()));
        Assert.Equal(placed.Text, (await store.Orders.GetAsync($"/orders/{_key}")).Text);
    }

    [Fact]
    public async Task A_commit_that_never_arrived_is_503_with_the_key_to_try_again_with()
    {
        await using var line = new CommitCutter(store.Database.Port, deliver: false);
        await using var orders = await StartAsync(line.Endpoint);
        var order = SampleOrder.Json();

        var lost = await orders.PlaceAsync(order);
        var key = Uuid().Match(lost.Json.GetProperty("detail").GetString()!).Value;
        var again = await orders.PlaceAsync(order, key);

        Assert.Equal(1, line.Cuts);
        Assert.Equal((503, "2"), (lost.Status, lost.Header("Retry-After")));
        Assert.Equal((201, key), (again.Status, again.Json.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Before_the_migration_the_answer_is_503()
    {
        await using var empty = await StoreFixture.NewDatabaseAsync();
        await using var orders = await KestrelFunction.StartAsync(
            OrdersFunction.Build, store.OrdersEnvironment(("DB_WRITER_ENDPOINT", $"127.0.0.1:{empty.Port}"), ("DB_SECRET_ID", "shop-orders-admin")));

        Assert.Equal(503, (await orders.PlaceAsync(SampleOrder.Json())).Status);
    }

    [Fact]
    public async Task Killed_connections_cost_one_request_at_most()
    {
        await store.Orders.PlaceAsync(SampleOrder.Json());
        await store.SqlAsync("KILL USER orders_app");
        var order = SampleOrder.Json();

        var first = await store.Orders.PlaceAsync(order, _key);
        var second = await store.Orders.PlaceAsync(order, _key);

        Assert.True(first.Status is 201 or 503, first.Text);
        Assert.Equal(first.Status == 201 ? 200 : 201, second.Status);
    }

    private Task<KestrelFunction> StartAsync(string writer) =>
        KestrelFunction.StartAsync(OrdersFunction.Build, store.OrdersEnvironment(("DB_WRITER_ENDPOINT", writer)));

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Uuid();
}
