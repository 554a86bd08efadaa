using System.Globalization;
using System.Text.Json.Nodes;
using Shop.Contracts;
using Shop.Functions.Tests.Stores;
using Shop.Orders;
using Shop.Testing.OpenApi;

namespace Shop.Functions.Tests.Orders;

[Collection(StoreFixture.Name)]
public sealed class WhenOrdersArePlaced(StoreFixture store)
{
    private readonly string _key = SampleOrder.NewKey();

    [Fact]
    public async Task An_order_is_created_and_can_be_read_as_it_was_answered()
    {
        var created = await store.Orders.PlaceAsync(SampleOrder.Json(), _key);

        Assert.Equal((201, $"/orders/{_key}"), (created.Status, created.Header("Location")));
        var order = created.Json;
        Assert.Equal(
            (_key, "placed", "us-east-1", 1, 177950, "Zoë"),
            (order.GetProperty("id").GetString(), order.GetProperty("status").GetString(), order.GetProperty("region").GetString(),
                order.GetProperty("epoch").GetInt32(), order.GetProperty("total").GetInt64(), order.GetProperty("firstName").GetString()));
        Assert.Equal(["Wood Watch", "Gentleman"], order.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()));
        Assert.Equal(created.Text, (await store.Orders.GetAsync($"/orders/{_key}")).Text);
    }

    [Fact]
    public async Task Without_a_key_the_server_mints_one_that_sorts_by_time()
    {
        var first = (await store.Orders.PlaceAsync(SampleOrder.Json())).Json.GetProperty("id");
        var second = (await store.Orders.PlaceAsync(SampleOrder.Json())).Json.GetProperty("id");

        Assert.Equal(7, first.GetGuid().Version);
        Assert.NotEqual(first.GetString(), second.GetString());
    }

    [Fact]
    public async Task Members_that_nobody_knows_and_an_absent_address_are_fine()
    {
        var order = SampleOrder.Json();
        (order["createdOn"], order["status"], order["surprise"]) = ("1970-01-01", "shipped", new JsonObject { ["deep"] = 1 });
        order.Remove("shippingAddress");
        order.Remove("currency");

        var created = await store.Orders.PlaceAsync(order);

        Assert.Equal((201, "placed", "USD"), (created.Status, created.Json.GetProperty("status").GetString(), created.Json.GetProperty("currency").GetString()));
        Assert.True(created.Json.GetProperty("createdOn").GetDateTimeOffset().Year > 2000);
    }

    [Fact]
    public async Task The_newest_epoch_is_stamped_on_the_order()
    {
        await store.SqlAsync("INSERT INTO orders.region_epoch VALUES (7, 'us-west-2', UTC_TIMESTAMP(6))");
        try
        {
            Assert.Equal(7, (await store.Orders.PlaceAsync(SampleOrder.Json())).Json.GetProperty("epoch").GetInt32());
        }
        finally
        {
            await store.SqlAsync("DELETE FROM orders.region_epoch WHERE epoch = 7");
        }
    }

    [Fact]
    public async Task Order_items_and_event_are_written_together_or_not_at_all()
    {
        await store.SqlAsync("CREATE TRIGGER orders.refuse BEFORE INSERT ON orders.outbox FOR EACH ROW SIGNAL SQLSTATE '45000'");
        try
        {
            var failed = await store.Orders.SendAsync(
                HttpMethod.Post, "/orders", SampleOrder.Json().ToJsonString(), ("Idempotency-Key", _key), (ApiContract.FaultIsMeant, "yes"));
            Assert.Equal(500, failed.Status);
        }
        finally
        {
            await store.SqlAsync("DROP TRIGGER orders.refuse");
        }

        Assert.Equal("0 0 0", await CountRowsAsync());
        await store.Orders.PlaceAsync(SampleOrder.Json(), _key);
        Assert.Equal("1 2 1", await CountRowsAsync());
    }

    [Fact]
    public async Task A_customers_orders_are_listed_newest_first_in_pages()
    {
        var customer = $"customer-{SampleOrder.NewKey()}";
        var placed = new List<string?>();
        for (var i = 0; i < 5; i++)
        {
            placed.Insert(0, (await store.Orders.PlaceAsync(SampleOrder.Json(customer))).Json.GetProperty("id").GetString());
        }

        await store.Orders.PlaceAsync(SampleOrder.Json());
        var pages = new List<Answer>();
        foreach (var page in new[] { 1, 2, 3, 4 })
        {
            pages.Add(await store.Orders.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/orders?customerId={customer}&size=2&page={page}")));
        }

        Assert.Equal(placed, pages.SelectMany(p => p.Json.EnumerateArray().Select(o => o.GetProperty("id").GetString())));
        Assert.All(pages.SelectMany(p => p.Json.EnumerateArray()), o => Assert.Equal(2, o.GetProperty("items").GetArrayLength()));
        Assert.All(pages, p => Assert.Equal("5", p.Header("X-Total-Count")));
        Assert.Equal("[]", pages[3].Text);
    }

    [Fact]
    public async Task Everybodys_orders_are_for_operators_only()
    {
        await store.Orders.PlaceAsync(SampleOrder.Json());
        await using var operators = await KestrelFunction.StartAsync(OrdersFunction.Build, store.OrdersEnvironment(("ORDERS_LIST_ALL", "true")));

        var refused = await store.Orders.GetAsync("/orders");
        var allowed = await operators.GetAsync("/orders?size=1");

        Assert.Equal((403, ProblemTypes.Forbidden), (refused.Status, refused.ProblemType));
        Assert.Equal((200, 1), (allowed.Status, allowed.Json.GetArrayLength()));
    }

    [Fact]
    public async Task Health_names_database_and_broker_and_the_api_describes_itself()
    {
        var health = await store.Orders.GetAsync("/orders/health");
        var document = await store.Orders.GetAsync("/orders/openapi.json");

        Assert.Equal("""{"status":"ok","region":"us-east-1","dependencies":{"broker":"ok","database":"ok"}}""", health.Text);
        Assert.Contains("/orders/{id}/cancel", document.Json.GetProperty("paths").EnumerateObject().Select(p => p.Name));
    }

    private Task<string?> CountRowsAsync() => store.ScalarAsync<string>(
        $"""
        SELECT CONCAT((SELECT COUNT(*) FROM orders.customer_order WHERE id = '{_key}'), ' ',
          (SELECT COUNT(*) FROM orders.customer_order_item WHERE order_id = '{_key}'), ' ', (SELECT COUNT(*) FROM orders.outbox WHERE order_id = '{_key}'))
        """);
}
