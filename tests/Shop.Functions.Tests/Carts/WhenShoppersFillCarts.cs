using System.Net;
using System.Text.Json;
using Shop.Testing;
using static Shop.Functions.Tests.Carts.CartsUnderTest;

namespace Shop.Functions.Tests.Carts;

public sealed class WhenShoppersFillCarts(CartsUnderTest carts) : IClassFixture<CartsUnderTest>
{
    private readonly string _customer = NewCustomer();

    [Fact]
    public async Task An_unknown_cart_is_empty()
    {
        using var answer = await carts.Function.SendAsync(HttpMethod.Get, $"/carts/{_customer}");

        Assert.Equal($$"""{"customerId":"{{_customer}}","items":[]}""", await answer.ReadTextAsync());
        Assert.Equal("us-east-1", answer.Headers.GetValues("X-Region").Single());
    }

    [Fact]
    public async Task Added_quantities_sum_up_and_the_first_price_stays()
    {
        using var first = await carts.AddAsync(_customer, "watch", 2, 100);
        using var second = await carts.AddAsync(_customer, "watch", 3, 999);
        using var other = await carts.AddAsync(_customer, "belt", 1, 50);

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal("""{"itemId":"watch","quantity":5,"unitPrice":100}""", await second.ReadTextAsync());
        Assert.Equal("belt*1@50 watch*5@100", await carts.CartAsync(_customer));
        using var items = await carts.Function.SendAsync(HttpMethod.Get, $"/carts/{_customer}/items");
        Assert.Equal("""[{"itemId":"belt","quantity":1,"unitPrice":50},{"itemId":"watch","quantity":5,"unitPrice":100}]""", await items.ReadTextAsync());
        using var item = await carts.Function.SendAsync(HttpMethod.Get, $"/carts/{_customer}/items/belt");
        Assert.Equal("""{"itemId":"belt","quantity":1,"unitPrice":50}""", await item.ReadTextAsync());
    }

    [Fact]
    public async Task A_quantity_can_be_set_and_an_item_removed()
    {
        using var added = await carts.AddAsync(_customer, "watch", 2);
        using var set = await carts.Function.SendAsync(HttpMethod.Patch, $"/carts/{_customer}/items", """{"itemId":"watch","quantity":7}""");
        Assert.Equal(HttpStatusCode.Accepted, set.StatusCode);
        Assert.Equal("watch*7@100", await carts.CartAsync(_customer));

        using var removed = await carts.Function.SendAsync(HttpMethod.Delete, $"/carts/{_customer}/items/watch");
        Assert.Equal(HttpStatusCode.Accepted, removed.StatusCode);
        Assert.Equal("", await carts.CartAsync(_customer));
    }

    [Theory]
    [InlineData("GET", "/items/none", null)]
    [InlineData("DELETE", "/items/none", null)]
    [InlineData("PATCH", "/items", """{"itemId":"none","quantity":1}""")]
    public async Task An_item_that_is_not_in_the_cart_is_not_found_and_not_made(string method, string path, string? body)
    {
        using var answer = await carts.Function.SendAsync(new HttpMethod(method), $"/carts/{_customer}{path}", body);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("", await carts.CartAsync(_customer));
    }

    [Fact]
    public async Task A_cleared_cart_is_empty_and_can_be_filled_again()
    {
        for (var i = 0; i < 30; i++)
        {
            using var added = await carts.AddAsync(_customer, $"item-{i}", 1);
        }

        using var cleared = await carts.Function.SendAsync(HttpMethod.Delete, $"/carts/{_customer}");

        Assert.Equal(HttpStatusCode.Accepted, cleared.StatusCode);
        Assert.Equal("", await carts.CartAsync(_customer));
        using var again = await carts.AddAsync(_customer, "item-3", 2);
        Assert.Equal("item-3*2@100", await carts.CartAsync(_customer));
    }

    [Fact]
    public async Task Carts_whose_names_begin_alike_are_kept_apart()
    {
        using var one = await carts.AddAsync(_customer, "a", 1);
        using var other = await carts.AddAsync(_customer + ".a", "a", 2);

        Assert.Equal("a*1@100", await carts.CartAsync(_customer));
    }

    [Fact]
    public async Task Parallel_additions_all_count()
    {
        await using var second = await carts.StartAsync();
        await using var third = await carts.StartAsync();
        await using var fourth = await carts.StartAsync();
        Shop.Testing.FunctionDriver[] workers = [carts.Function, second, third, fourth];

        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            using var answer = await workers[i % workers.Length].SendAsync(
                HttpMethod.Post, $"/carts/{_customer}/items", """{"itemId":"watch","quantity":1,"unitPrice":5}""");
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }));

        Assert.Equal("watch*100@5", await carts.CartAsync(_customer));
    }

    [Fact]
    public async Task A_line_takes_a_thousand_and_no_more()
    {
        using var full = await carts.AddAsync(_customer, "watch", 999);
        using var over = await carts.AddAsync(_customer, "watch", 2);

        Assert.Equal(HttpStatusCode.Conflict, over.StatusCode);
        Assert.Equal("watch*999@100", await carts.CartAsync(_customer));
    }

    [Fact]
    public async Task A_cart_takes_a_hundred_items_and_another_when_one_is_removed()
    {
        for (var i = 0; i < 100; i++)
        {
            using var added = await carts.AddAsync(_customer, $"item-{i}", 1);
        }

        using var over = await carts.AddAsync(_customer, "more", 1);
        Assert.Equal(HttpStatusCode.Conflict, over.StatusCode);
        using var present = await carts.AddAsync(_customer, "item-5", 1);
        Assert.Equal(HttpStatusCode.Created, present.StatusCode);

        using var removed = await carts.Function.SendAsync(HttpMethod.Delete, $"/carts/{_customer}/items/item-7");
        using var fits = await carts.AddAsync(_customer, "more", 1);
        Assert.Equal(HttpStatusCode.Created, fits.StatusCode);
        Assert.Equal(100, (await carts.CartAsync(_customer)).Split(' ').Length);
    }

    [Fact]
    public async Task A_new_item_is_seen_before_the_index_knows_it()
    {
        using var added = await carts.AddAsync(_customer, "watch", 1);

        // Out of the index, as every item is for a moment.
        await carts.TableAsync(
            "UpdateItem", $$$"""{"TableName":"$table","Key":{"id":{"S":"{{{_customer}}}:watch"}},"UpdateExpression":"REMOVE customerId"}""");

        Assert.Equal("watch*1@100", await carts.CartAsync(_customer));
    }

    [Fact]
    public async Task An_item_that_came_from_the_other_Region_is_seen()
    {
        await PutLineAsync("watch", 3, "9999999999");

        Assert.Equal("watch*3@7", await carts.CartAsync(_customer));
    }

    [Fact]
    public async Task What_has_expired_is_gone_before_it_is_swept()
    {
        await PutLineAsync("watch", 3, "1000000000");

        Assert.Equal("", await carts.CartAsync(_customer));
        using var set = await carts.Function.SendAsync(HttpMethod.Patch, $"/carts/{_customer}/items", """{"itemId":"watch","quantity":7}""");
        Assert.Equal(HttpStatusCode.NotFound, set.StatusCode);
        using var added = await carts.AddAsync(_customer, "watch", 1, 50);
        Assert.Equal("watch*1@50", await carts.CartAsync(_customer));
    }

    private Task<JsonElement> PutLineAsync(string item, int quantity, string expiresAt) => carts.TableAsync("PutItem", $$$"""
        {"TableName":"$table","Item":{"id":{"S":"{{{_customer}}}:{{{item}}}"},"customerId":{"S":"{{{_customer}}}"},"itemId":{"S":"{{{item}}}"},
         "quantity":{"N":"{{{quantity}}}"},"unitPrice":{"N":"7"},"expiresAt":{"N":"{{{expiresAt}}}"} } }
        """);
}
