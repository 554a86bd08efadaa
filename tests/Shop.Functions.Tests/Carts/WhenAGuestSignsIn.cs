using System.Net;
using Shop.Testing;
using static Shop.Functions.Tests.Carts.CartsUnderTest;

namespace Shop.Functions.Tests.Carts;

public sealed class WhenAGuestSignsIn(CartsUnderTest carts) : IClassFixture<CartsUnderTest>
{
    private readonly string _customer = NewCustomer();
    private readonly string _guest = NewCustomer();

    [Fact]
    public async Task The_guest_cart_is_added_to_the_customers_and_emptied()
    {
        using var own = await carts.AddAsync(_customer, "watch", 1, 100);
        using var guests = await carts.AddAsync(_guest, "watch", 2, 200);
        using var more = await carts.AddAsync(_guest, "belt", 4, 30);

        using var merged = await MergeAsync();

        Assert.Equal(HttpStatusCode.Accepted, merged.StatusCode);
        Assert.Equal("belt*4@30 watch*3@100", await carts.CartAsync(_customer));
        Assert.Equal("", await carts.CartAsync(_guest));
    }

    [Fact]
    public async Task A_merge_that_broke_off_adds_nothing_twice()
    {
        using var guests = await carts.AddAsync(_guest, "watch", 2, 200);
        var line = await carts.TableAsync("GetItem", $$$"""{"TableName":"$table","Key":{"id":{"S":"{{{_guest}}}:watch"} } }""");
        using var merged = await MergeAsync();

        // As if the function had ended between adding here and removing there.
        await carts.TableAsync("PutItem", $$$"""{"TableName":"$table","Item":{{{line.GetProperty("Item").GetRawText()}}} }""");
        using var again = await MergeAsync();

        Assert.Equal("watch*2@200", await carts.CartAsync(_customer));
        Assert.Equal("", await carts.CartAsync(_guest));
    }

    [Fact]
    public async Task A_full_line_takes_what_fits()
    {
        using var own = await carts.AddAsync(_customer, "watch", 900);
        using var guests = await carts.AddAsync(_guest, "watch", 200);

        using var merged = await MergeAsync();

        Assert.Equal("watch*1000@100", await carts.CartAsync(_customer));
        Assert.Equal("", await carts.CartAsync(_guest));
    }

    [Fact]
    public async Task A_cart_is_not_merged_with_itself()
    {
        using var own = await carts.AddAsync(_customer, "watch", 1);

        using var answer = await carts.Function.SendAsync(HttpMethod.Post, $"/carts/{_customer}/merge?sessionId={_customer}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("watch*1@100", await carts.CartAsync(_customer));
    }

    private Task<HttpResponseMessage> MergeAsync() =>
        carts.Function.SendAsync(HttpMethod.Post, $"/carts/{_customer}/merge?sessionId={_guest}");
}
