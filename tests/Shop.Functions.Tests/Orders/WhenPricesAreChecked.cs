using System.Text.Json.Nodes;
using Shop.Contracts;
using Shop.Functions.Tests.Stores;
using Shop.Orders;

namespace Shop.Functions.Tests.Orders;

[Collection(StoreFixture.Name)]
public sealed class WhenPricesAreChecked(StoreFixture store)
{
    private readonly string _key = SampleOrder.NewKey();

    [Fact]
    public async Task An_order_that_agrees_with_the_catalog_is_placed()
    {
        await using var orders = await StartAsync(store.Catalog.Http.BaseAddress!.ToString());

        Assert.Equal(201, (await orders.PlaceAsync(SampleOrder.Json(), _key)).Status);
    }

    [Fact]
    public async Task Other_prices_names_and_products_are_a_conflict_that_names_them()
    {
        await using var orders = await StartAsync(store.Catalog.Http.BaseAddress!.ToString());
        var order = SampleOrder.Json();
        (order["items"]![0]!["unitCost"], order["items"]![0]!["totalCost"]) = (1, 2);
        order["items"]![1]!["name"] = "Gentlemen";
        order["items"]!.AsArray().Add(new JsonObject { ["productId"] = "../tags", ["name"] = "x", ["quantity"] = 1, ["unitCost"] = 0, ["totalCost"] = 0 });
        (order["subtotal"], order["tax"], order["total"]) = (159002, 7950, 167452);

        var answer = await orders.PlaceAsync(order, _key);

        Assert.Equal((409, ProblemTypes.Conflict), (answer.Status, answer.ProblemType));
        Assert.Equal(["items[0].unitCost", "items[1].name", "items[2].productId"], answer.Fields.Order(StringComparer.Ordinal));
        Assert.Equal(404, (await orders.GetAsync($"/orders/{_key}")).Status);
    }

    [Fact]
    public async Task Without_the_catalog_nothing_is_placed()
    {
        using var nowhere = new ClosedPort();
        await using var orders = await StartAsync($"http://{nowhere.Endpoint}");

        var answer = await orders.PlaceAsync(SampleOrder.Json(), _key);

        Assert.Equal((503, "2"), (answer.Status, answer.Header("Retry-After")));
        Assert.Equal(404, (await orders.GetAsync($"/orders/{_key}")).Status);
    }

    [Fact]
    public async Task A_replay_is_answered_whatever_the_catalog_says_by_now()
    {
        using var nowhere = new ClosedPort();
        await using var agreeing = await StartAsync(store.Catalog.Http.BaseAddress!.ToString());
        await using var alone = await StartAsync($"http://{nowhere.Endpoint}");
        var order = SampleOrder.Json();
        await agreeing.PlaceAsync(order, _key);
        await store.SqlAsync("UPDATE catalog.product SET price = price + 1 WHERE name = 'Gentleman'");
        try
        {
            Assert.Equal(409, (await agreeing.PlaceAsync(order)).Status);
            Assert.Equal(200, (await agreeing.PlaceAsync(order, _key)).Status);
            Assert.Equal(200, (await alone.PlaceAsync(order, _key)).Status);
        }
        finally
        {
            await store.SqlAsync("UPDATE catalog.product SET price = price - 1 WHERE name = 'Gentleman'");
        }
    }

    private Task<KestrelFunction> StartAsync(string catalog) =>
        KestrelFunction.StartAsync(OrdersFunction.Build, store.OrdersEnvironment(("CATALOG_URL", catalog)));
}
