using System.Net;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests;

public sealed class WhenSomeoneBuys(Store store) : IClassFixture<Store>
{
    [Fact]
    public async Task The_forms_lead_from_the_catalog_to_an_order()
    {
        using var shopper = store.Shopper();
        var catalog = await shopper.GetAsync("/catalog?tag=dress");
        Assert.Equal(["Chronograf Classic", "Pocket Watch"], catalog.Texts(".product-link"));

        var product = await shopper.GetAsync(catalog.Document.QuerySelectorAll(".product-link")[1].GetAttribute("href")!);
        var added = await shopper.PostAsync("/cart", new() { ["productId"] = product.Hidden("productId")!, ["quantity"] = "2" });
        Assert.Equal((HttpStatusCode.SeeOther, "/cart"), (added.Status, added.Location));

        var cart = await shopper.GetAsync("/cart");
        Assert.Equal("Pocket Watch", cart.Text(".cart-item .item-name"));
        Assert.Equal("$770.00", cart.Text(".cart-item .item-price"));
        Assert.Equal("2", cart.Text("#go-cart .count"));

        Assert.NotNull((await shopper.GetAsync("/checkout")).Document.QuerySelector("form#checkoutForm input[name=zip]"));
        Assert.Equal("/checkout/delivery", (await shopper.PostAsync("/checkout", Shopper.Ann)).Location);
        Assert.Equal(2, (await shopper.GetAsync("/checkout/delivery")).Document.QuerySelectorAll("#checkoutForm input[name=token]").Length);
        Assert.Equal("/checkout/payment", (await shopper.PostAsync("/checkout/delivery", new() { ["token"] = "priority-mail-express" })).Location);
        Assert.NotNull((await shopper.GetAsync("/checkout/payment")).Document.QuerySelector("#checkoutForm"));
        Assert.Equal("/checkout/review", (await shopper.PostAsync("/checkout/payment")).Location);

        var review = await shopper.GetAsync("/checkout/review");
        Assert.Equal(("$770.00", "$38.50", "$15.00", "$823.50"), (review.Text("#subtotal"), review.Text("#tax"), review.Text("#shipping"), review.Text("#total")));
        var key = review.Hidden("orderId")!;
        Assert.Equal(7, Guid.Parse(key).Version);

        var confirmed = await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key });
        Assert.Equal((HttpStatusCode.SeeOther, $"/orders/{key}"), (confirmed.Status, confirmed.Location));

        var order = await shopper.GetAsync(confirmed.Location);
        Assert.Equal((key, "ann@example.com", "$823.50"), (order.Text("#orderId"), order.Text("#orderEmail"), order.Text("#orderTotal")));
        Assert.Empty(store.Backends.Carts[shopper.Session!]);
        Assert.Null(shopper.OrderKey);
        Assert.Contains(key, (await shopper.GetAsync("/orders")).Texts("#orders .order-link"));
    }

    [Fact]
    public async Task A_client_that_only_posts_the_steps_gets_one_order_under_one_key()
    {
        using var shopper = store.Shopper();
        await shopper.AddAsync(Seed.WoodWatch);
        await shopper.PostAsync("/checkout", Shopper.Ann);
        await shopper.PostAsync("/checkout/delivery", new() { ["token"] = "priority-mail" });
        await shopper.PostAsync("/checkout/payment");
        var key = shopper.OrderKey;

        var confirmed = await shopper.PostAsync("/checkout/confirm");

        Assert.Equal((HttpStatusCode.SeeOther, $"/orders/{key}"), (confirmed.Status, confirmed.Location));
        Assert.Equal(shopper.Session, store.Backends.Orders[Guid.Parse(key!)].CustomerId);
    }

    [Fact]
    public async Task Confirming_twice_shows_the_same_order()
    {
        using var shopper = store.Shopper();
        var key = (await shopper.ReachReviewAsync()).Hidden("orderId")!;
        var first = await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key });
        // What is in the cart by then is of another order.
        await shopper.AddAsync(Seed.WoodWatch);
        var second = await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key });

        Assert.Equal(first.Location, second.Location);
        Assert.Single(store.Backends.Orders.Values, o => o.CustomerId == shopper.Session);
        Assert.Single(store.Backends.Carts[shopper.Session!]);
    }

    [Fact]
    public async Task What_another_tab_adds_after_the_review_stays_in_the_cart()
    {
        using var shopper = store.Shopper();
        var key = (await shopper.ReachReviewAsync()).Hidden("orderId")!;
        await shopper.AddAsync(Seed.PocketWatch);
        await shopper.AddAsync(Seed.WoodWatch, 2);

        await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key });

        Assert.Equal([(Seed.PocketWatch, 1), (Seed.WoodWatch, 2)], store.Backends.Carts[shopper.Session!].Values.Select(i => (i.ItemId, i.Quantity)).OrderBy(i => i.Quantity));
    }

    // The answer to the confirmation was lost on the way.
    [Theory]
    [InlineData("reload")]
    [InlineData("confirm")]
    public async Task An_order_that_is_found_placed_is_taken_out_of_the_cart_and_remembered(string then)
    {
        await using var own = new Store();
        await own.InitializeAsync();
        using var shopper = own.Shopper();
        var key = (await shopper.ReachReviewAsync()).Hidden("orderId")!;
        own.Backends.Orders[Guid.Parse(key)] = FakeOrders.From(shopper.Session!, Guid.Parse(key), own.Backends.Checkouts[shopper.Session!], "us-east-1");
        own.Backends.Checkouts.TryRemove(shopper.Session!, out _);

        var found = then == "reload" ? await shopper.GetAsync("/checkout/review") : await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key });

        Assert.Equal($"/orders/{key}", found.Location);
        Assert.Empty(own.Backends.Carts[shopper.Session!]);
        own.Backends.Orders.Clear();
        Assert.Equal("Your order is being recovered", (await shopper.GetAsync($"/orders/{key}")).Text("h1"));
    }

    [Fact]
    public async Task No_two_steps_of_an_orders_track_have_the_same_name()
    {
        using var shopper = store.Shopper();
        var key = Guid.Parse((await shopper.ReachReviewAsync()).Hidden("orderId")!);
        await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key.ToString() });
        foreach (var recovered in (string?[])[null, "us-east-1"])
        {
            store.Backends.Orders[key] = store.Backends.Orders[key] with { RecoveredFrom = recovered };
            var steps = (await shopper.GetAsync($"/orders/{key}")).Texts(".journey strong");
            Assert.Equal(recovered is null ? 3 : 4, steps.Distinct().Count());
            Assert.Equal(steps.Distinct(), steps);
        }
    }

    [Fact]
    public async Task Two_orders_of_one_visitor_have_two_keys()
    {
        using var shopper = store.Shopper();
        var first = (await shopper.ReachReviewAsync()).Hidden("orderId")!;
        await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = first });
        var second = (await shopper.ReachReviewAsync()).Hidden("orderId")!;
        await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = second });

        Assert.NotEqual(first, second);
        Assert.Equal([second, first], (await shopper.GetAsync("/orders")).Texts("#orders .order-link"));
    }

    [Fact]
    public async Task What_another_tab_put_in_the_cart_is_reviewed_and_bought()
    {
        using var shopper = store.Shopper();
        await shopper.AddAsync(Seed.WoodWatch);
        await shopper.PostAsync("/checkout", Shopper.Ann);
        await shopper.PostAsync("/checkout/delivery", new() { ["token"] = "priority-mail" });
        await shopper.AddAsync(Seed.PocketWatch);
        await shopper.PostAsync("/checkout/payment");

        var review = await shopper.GetAsync("/checkout/review");

        Assert.Equal(["Pocket Watch", "Wood Watch"], review.Texts(".item-name"));
        Assert.Equal("$435.00", review.Text("#subtotal"));
    }

    [Fact]
    public async Task A_price_that_changed_after_the_review_is_reviewed_again()
    {
        await using var own = new Store();
        await own.InitializeAsync();
        using var shopper = own.Shopper();
        var key = (await shopper.ReachReviewAsync()).Hidden("orderId")!;
        own.Backends.Products[Seed.WoodWatch] = own.Backends.Products[Seed.WoodWatch] with { Price = 6000 };
        own.Backends.Fault = context => FakeBackends.Answer(context, 409, context.Request.Path.Value!.EndsWith("/submit", StringComparison.Ordinal));

        var refused = await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key });
        Assert.Equal("/checkout/review?changed=true", refused.Location);
        var review = await shopper.GetAsync(refused.Location);
        Assert.Equal((key, "$60.00"), (review.Hidden("orderId"), review.Text("#subtotal")));
        Assert.NotNull(review.Text("#changed"));
        Assert.Single(own.Backends.Carts[shopper.Session!]);

        own.Backends.ComeBack();
        Assert.Equal($"/orders/{key}", (await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key })).Location);
    }

    [Theory]
    [InlineData("/checkout/delivery")]
    [InlineData("/checkout/payment")]
    [InlineData("/checkout/confirm")]
    public async Task A_step_out_of_order_leads_back_to_the_first(string step)
    {
        using var shopper = store.Shopper();
        await shopper.AddAsync(Seed.WoodWatch);

        var reply = await shopper.PostAsync(step, new() { ["token"] = "priority-mail" });

        Assert.Equal((HttpStatusCode.SeeOther, "/checkout?again=true"), (reply.Status, reply.Location));
        Assert.NotNull((await shopper.GetAsync(reply.Location)).Text("#started-again"));
    }

    [Fact]
    public async Task An_empty_cart_can_not_be_checked_out()
    {
        using var shopper = store.Shopper();

        Assert.Equal("/cart", (await shopper.GetAsync("/checkout")).Location);
        Assert.Equal("/cart", (await shopper.PostAsync("/checkout", Shopper.Ann)).Location);
        Assert.Contains("don't have any items", (await shopper.GetAsync("/cart")).Text(".empty"), StringComparison.Ordinal);
    }
}
