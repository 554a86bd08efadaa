using System.Net;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests;

public sealed class FormTests(Store store) : IClassFixture<Store>
{
    [Fact]
    public async Task The_cart_adds_up_changes_and_forgets()
    {
        using var shopper = store.Shopper();
        await shopper.AddAsync(Seed.WoodWatch, 2);
        await shopper.PostAsync("/cart", new() { ["productId"] = Seed.WoodWatch });
        Assert.Equal("$150.00", (await shopper.GetAsync("/cart")).Text(".item-price"));

        await shopper.PostAsync("/cart/update", new() { ["productId"] = Seed.WoodWatch, ["quantity"] = "5" });
        Assert.Equal("$250.00", (await shopper.GetAsync("/cart")).Text("#cart-total"));

        await shopper.PostAsync("/cart/remove", new() { ["productId"] = Seed.WoodWatch });
        Assert.Empty((await shopper.GetAsync("/cart")).Texts(".cart-item"));
        Assert.Equal(HttpStatusCode.SeeOther, (await shopper.PostAsync("/cart/remove", new() { ["productId"] = Seed.WoodWatch })).Status);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("x y")]
    [InlineData("a/b")]
    public async Task An_id_that_no_product_can_have_removes_nothing(string id)
    {
        using var shopper = store.Shopper();
        await shopper.AddAsync(Seed.WoodWatch);

        Assert.Equal(HttpStatusCode.BadRequest, (await shopper.PostAsync("/cart/remove", new() { ["productId"] = id })).Status);
        Assert.Single(store.Backends.Carts[shopper.Session!]);
    }

    [Fact]
    public async Task A_cart_that_is_full_says_so()
    {
        await using var own = new Store();
        await own.InitializeAsync();
        own.Backends.Fault = context => FakeBackends.Answer(context, 409, context.Request.Method == "POST");
        using var shopper = own.Shopper();

        var reply = await shopper.AddAsync(Seed.WoodWatch);

        Assert.Equal((HttpStatusCode.Conflict, "The cart is full"), (reply.Status, reply.Text("h1")));
    }

    [Fact]
    public async Task A_quantity_of_zero_removes()
    {
        using var shopper = store.Shopper();
        await shopper.AddAsync(Seed.WoodWatch);
        await shopper.PostAsync("/cart/update", new() { ["productId"] = Seed.WoodWatch, ["quantity"] = "0" });
        Assert.Empty((await shopper.GetAsync("/cart")).Texts(".cart-item"));
    }

    [Theory]
    [InlineData(Seed.WoodWatch, "0", 400)]
    [InlineData(Seed.WoodWatch, "-1", 400)]
    [InlineData(Seed.WoodWatch, "100", 400)]
    [InlineData(Seed.WoodWatch, "1.5", 400)]
    [InlineData(Seed.WoodWatch, "99999999999999999999", 400)]
    [InlineData("", "1", 400)]
    [InlineData("unknown", "1", 404)]
    [InlineData("'; DROP TABLE product; --", "1", 404)]
    [InlineData("../../carts/x", "1", 404)]
    [InlineData("..", "1", 404)]
    public async Task What_can_not_be_added_is_refused(string product, string quantity, int status)
    {
        using var shopper = store.Shopper();

        var reply = await shopper.PostAsync("/cart", new() { ["productId"] = product, ["quantity"] = quantity });

        Assert.Equal(status, (int)reply.Status);
        Assert.Equal(0, store.Backends.Count($"POST /carts/{shopper.Session}"));
    }

    [Theory]
    [InlineData("firstName", "")]
    [InlineData("lastName", "   ")]
    [InlineData("email", "nobody")]
    [InlineData("email", "nobody@localhost")]
    [InlineData("email", "a b@example.com")]
    [InlineData("email", "Ann <ann@example.com>")]
    [InlineData("address1", "")]
    [InlineData("city", "")]
    [InlineData("state", "Washington")]
    [InlineData("state", "")]
    [InlineData("zip", "9810")]
    [InlineData("zip", "98101-1234")]
    [InlineData("zip", "abcde")]
    public async Task A_field_that_is_wrong_is_named_and_the_others_are_kept(string field, string value)
    {
        using var shopper = store.Shopper();
        await shopper.AddAsync(Seed.WoodWatch);

        var reply = await shopper.PostAsync("/checkout", new(Shopper.Ann) { [field] = value });

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal([field], reply.Document.QuerySelectorAll(".is-invalid").Select(e => e.Id));
        Assert.NotEqual("", reply.Text($"#{field}-error"));
        Assert.Equal(field == "city" ? "" : "Seattle", reply.Document.QuerySelector("#city")!.GetAttribute("value"));
        Assert.False(store.Backends.Checkouts.ContainsKey(shopper.Session!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("drone")]
    public async Task A_delivery_method_that_is_not_offered_is_refused(string token)
    {
        using var shopper = store.Shopper();
        await shopper.AddAsync(Seed.WoodWatch);
        await shopper.PostAsync("/checkout", Shopper.Ann);

        var reply = await shopper.PostAsync("/checkout/delivery", new() { ["token"] = token });

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal("Please select a delivery method.", reply.Text("#token-error"));
    }

    [Fact]
    public async Task What_was_typed_is_there_again_when_the_step_is_opened_again()
    {
        using var shopper = store.Shopper();
        await shopper.AddAsync(Seed.WoodWatch);
        await shopper.PostAsync("/checkout", Shopper.Ann);

        var page = await shopper.GetAsync("/checkout");

        Assert.All(Shopper.Ann.Where(f => f.Key != "state"), f => Assert.Equal(f.Value, page.Document.QuerySelector($"#{f.Key}")!.GetAttribute("value") ?? ""));
        Assert.Equal("WA", page.Document.QuerySelector("#state option[selected]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("application/json", 415)]
    [InlineData("multipart/form-data; boundary=x", 400)]
    public async Task A_body_that_is_no_form_is_refused(string type, int status)
    {
        using var shopper = store.Shopper();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/cart") { Content = new StringContent("{}") };
        request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        Assert.Equal(status, (int)(await shopper.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_refused()
    {
        using var shopper = store.Shopper();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/cart") { Content = new FormUrlEncodedContent([new("productId", new string('x', 70_000))]) };

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await shopper.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_form_address_can_not_be_read_and_a_page_can_not_be_posted_to()
    {
        using var shopper = store.Shopper();
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await shopper.GetAsync("/checkout/confirm")).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await shopper.PostAsync("/home")).Status);
    }

    [Fact]
    public async Task A_key_that_is_no_UUID_orders_nothing()
    {
        using var shopper = store.Shopper();
        await shopper.ReachReviewAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = "1" })).Status);
        Assert.DoesNotContain(store.Backends.Orders.Values, o => o.CustomerId == shopper.Session);
    }
}
