using System.Net;
using Microsoft.AspNetCore.Http;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests;

/// <summary>Each test breaks the back-ends its own way, so each has a store of its own.</summary>
public sealed class WhenTheStoreMoves : IAsyncLifetime
{
    private readonly Store _store = new();

    private FakeBackends Backends => _store.Backends;

    public ValueTask InitializeAsync() => _store.InitializeAsync();

    [Theory]
    [InlineData("/home", 200)]
    [InlineData("/catalog", 503)]
    [InlineData($"/catalog/{Seed.WoodWatch}", 503)]
    [InlineData("/cart", 503)]
    [InlineData("/orders", 503)]
    [InlineData("/checkout", 503)]
    [InlineData("/orders/0199b5a2-6c3e-7d10-9f60-0a1b2c3d4e5f", 503)]
    public async Task Every_page_says_so_and_stays_a_page(string path, int status)
    {
        using var shopper = _store.Shopper();
        await shopper.GetAsync("/home");
        Backends.GoDown();

        var page = await shopper.GetAsync(path);

        Assert.Equal(status, (int)page.Status);
        Assert.Contains("moving to another Region", page.Text("#moving-banner"), StringComparison.Ordinal);
        Assert.Equal("https://status.example/", page.Document.QuerySelector("#moving-banner a")!.GetAttribute("href"));
        Assert.Equal("us-east-1", page.Text("#region"));
        Assert.Equal(status == 503 ? "5" : null, page.Header("Retry-After"));
    }

    [Fact]
    public async Task A_back_end_that_drops_connections_is_treated_alike()
    {
        Backends.Fault = context =>
        {
            context.Abort();
            return Task.FromResult(true);
        };
        using var shopper = _store.Shopper();

        Assert.NotNull((await shopper.GetAsync("/home")).Text("#moving-banner"));
    }

    [Fact]
    public async Task A_page_shows_what_it_still_can()
    {
        using var shopper = _store.Shopper();
        await shopper.AddAsync(Seed.WoodWatch, 2);

        Backends.GoDown("/catalogue");
        var cart = await shopper.GetAsync("/cart");
        Assert.Equal(HttpStatusCode.OK, cart.Status);
        Assert.Equal(("2", "$100.00"), (cart.Text("#go-cart .count"), cart.Text("#cart-total")));
        Assert.NotNull(cart.Text("#moving-banner"));

        Backends.GoDown("/carts");
        var catalog = await shopper.GetAsync("/catalog");
        Assert.Equal(HttpStatusCode.OK, catalog.Status);
        Assert.Equal((12, "?"), (catalog.Texts(".product-link").Length, catalog.Text("#go-cart .count")));
    }

    [Fact]
    public async Task A_page_that_fails_once_is_read_again_but_nothing_is_added_twice()
    {
        using var shopper = _store.Shopper();
        var reads = 0;
        Backends.Fault = context => FakeBackends.Answer(context, 503, context.Request.Path == "/catalogue/tags" && Interlocked.Increment(ref reads) == 1);
        Assert.Null((await shopper.GetAsync("/catalog")).Text("#moving-banner"));
        Assert.Equal(2, Backends.Count("GET /catalogue/tags"));

        Backends.Fault = context => FakeBackends.Answer(context, 503, HttpMethods.IsPost(context.Request.Method));
        var refused = await shopper.AddAsync(Seed.WoodWatch);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Equal(1, Backends.Count("POST /carts"));
        Assert.Equal((Seed.WoodWatch, "/cart"), (refused.Hidden("productId"), refused.Document.QuerySelector("#moving form")!.GetAttribute("action")));
    }

    [Fact]
    public async Task An_order_is_tried_again_under_the_same_key_and_placed_once()
    {
        using var shopper = _store.Shopper();
        var key = (await shopper.ReachReviewAsync()).Hidden("orderId")!;
        var tries = 0;
        Backends.Fault = context => FakeBackends.Answer(
            context, 503, context.Request.Path.Value!.EndsWith("/submit", StringComparison.Ordinal) && Interlocked.Increment(ref tries) <= 2);

        var confirmed = await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key });

        Assert.Equal($"/orders/{key}", confirmed.Location);
        Assert.Equal([key, key, key], Backends.IdempotencyKeys);
        Assert.Single(Backends.Orders);
    }

    [Fact]
    public async Task An_order_without_an_outcome_keeps_cart_and_key_until_it_has_one()
    {
        using var shopper = _store.Shopper();
        var key = (await shopper.ReachReviewAsync()).Hidden("orderId")!;
        Backends.GoDown("/checkout");

        var unknown = await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key });
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (unknown.Status, unknown.Header("Retry-After")));
        Assert.Equal(key, unknown.Hidden("orderId"));
        Assert.NotNull(unknown.Text("#moving-banner"));
        Assert.Single(Backends.Carts[shopper.Session!]);

        Backends.ComeBack();
        var form = unknown.Document.QuerySelector("#moving form")!;
        var confirmed = await shopper.PostAsync(form.GetAttribute("action")!, new() { ["orderId"] = unknown.Hidden("orderId")! });
        Assert.Equal($"/orders/{key}", confirmed.Location);
        Assert.Empty(Backends.Carts[shopper.Session!]);
        Assert.Equal(key, Assert.Single(Backends.IdempotencyKeys.Distinct()));
    }

    [Fact]
    public async Task An_order_whose_answer_was_lost_is_shown_and_not_placed_again()
    {
        using var shopper = _store.Shopper();
        var key = (await shopper.ReachReviewAsync()).Hidden("orderId")!;
        await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key });

        // The browser never saw the answer: it still has the key, and a cart that looks as it did.
        using var again = new Shopper(_store.Address, shopper.Session);
        await again.ReachReviewAsync();
        var confirmed = await again.PostAsync("/checkout/confirm", new() { ["orderId"] = key });

        Assert.Equal($"/orders/{key}", confirmed.Location);
        Assert.Single(Backends.Orders);
    }

    [Fact]
    public async Task In_the_other_Region_the_steps_begin_again_with_the_cart_and_the_key_kept()
    {
        using var shopper = _store.Shopper();
        var key = (await shopper.ReachReviewAsync()).Hidden("orderId")!;
        Backends.Checkouts.Clear();

        var restarted = await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key });
        Assert.Equal("/checkout?again=true", restarted.Location);
        var page = await shopper.GetAsync(restarted.Location);
        Assert.Contains("Your cart is kept", page.Text("#started-again"), StringComparison.Ordinal);

        await shopper.PostAsync("/checkout", Shopper.Ann);
        await shopper.PostAsync("/checkout/delivery", new() { ["token"] = "priority-mail" });
        await shopper.PostAsync("/checkout/payment");
        Assert.Equal(key, (await shopper.GetAsync("/checkout/review")).Hidden("orderId"));
        Assert.Equal($"/orders/{key}", (await shopper.PostAsync("/checkout/confirm")).Location);
    }

    [Fact]
    public async Task A_cart_that_can_not_be_cleared_does_not_hide_the_order()
    {
        using var shopper = _store.Shopper();
        var key = (await shopper.ReachReviewAsync()).Hidden("orderId")!;
        Backends.GoDown("/carts");

        Assert.Equal($"/orders/{key}", (await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key })).Location);
    }

    [Fact]
    public async Task Answers_of_the_other_Region_are_shown_beside_our_own()
    {
        Backends.Region = "us-west-2";
        using var shopper = _store.Shopper();

        var page = await shopper.GetAsync("/home");

        Assert.Equal(("us-east-1", "us-west-2"), (page.Text("#region"), page.Text("#other-region")));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
