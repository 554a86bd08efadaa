using System.Net;
using Microsoft.AspNetCore.Http;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests;

/// <summary>A Region was lost with an order that its shopper was told is placed.</summary>
public sealed class RecoveryTests : IAsyncLifetime
{
    private readonly Store _store = new();

    public ValueTask InitializeAsync() => _store.InitializeAsync();

    [Fact]
    public async Task Its_shopper_is_told_that_it_is_being_recovered_and_nobody_else_is()
    {
        using var shopper = _store.Shopper();
        var key = await BuyAsync(shopper);
        _store.Backends.Orders.Clear();

        var page = await shopper.GetAsync($"/orders/{key}");
        Assert.Equal((HttpStatusCode.NotFound, "Your order is being recovered"), (page.Status, page.Text("h1")));
        Assert.Contains(key, (await shopper.GetAsync("/orders")).Texts("#recovering .order-link"));

        Assert.Equal("Order not found", (await shopper.GetAsync($"/orders/{Guid.CreateVersion7()}")).Text("h1"));
        using var other = _store.Shopper();
        await other.GetAsync("/home");
        Assert.Equal("Order not found", (await other.GetAsync($"/orders/{key}")).Text("h1"));
    }

    [Fact]
    public async Task Every_order_that_was_placed_here_is_remembered()
    {
        using var shopper = _store.Shopper();
        string[] keys = [await BuyAsync(shopper), await BuyAsync(shopper)];
        _store.Backends.Orders.Clear();

        foreach (var key in keys)
        {
            Assert.Equal("Your order is being recovered", (await shopper.GetAsync($"/orders/{key}")).Text("h1"));
        }
    }

    [Fact]
    public async Task Once_it_is_back_its_page_says_so()
    {
        using var shopper = _store.Shopper();
        var key = Guid.Parse(await BuyAsync(shopper));
        _store.Backends.Orders[key] = _store.Backends.Orders[key] with { RecoveredFrom = "us-east-1" };

        var page = await shopper.GetAsync($"/orders/{key}");
        Assert.Equal((HttpStatusCode.OK, "Recovered"), (page.Status, page.Text("#orderStatus")));
        Assert.NotNull(page.Text("#recovered"));
        Assert.Equal(["Recovered"], (await shopper.GetAsync("/orders")).Texts("#orders .state"));
    }

    [Fact]
    public async Task A_list_that_is_behind_loses_nothing()
    {
        using var shopper = _store.Shopper();
        var key = await BuyAsync(shopper);
        _store.Backends.Fault = async context =>
        {
            if (context.Request.Path == "/orders")
            {
                await context.Response.WriteAsJsonAsync(Array.Empty<string>());
                return true;
            }

            return false;
        };

        var page = await shopper.GetAsync("/orders");
        Assert.Empty(page.Texts("#recovering"));
        Assert.Equal([key], page.Texts("#orders .order-link"));
    }

    [Fact]
    public async Task An_order_that_can_not_be_read_now_is_not_called_lost()
    {
        using var shopper = _store.Shopper();
        var key = await BuyAsync(shopper);
        _store.Backends.GoDown("/orders");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await shopper.GetAsync($"/orders/{key}")).Status);
        Assert.Empty((await shopper.GetAsync("/orders")).Texts("#recovering"));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static async Task<string> BuyAsync(Shopper shopper)
    {
        var key = (await shopper.ReachReviewAsync()).Hidden("orderId")!;
        await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key });
        return key;
    }
}
