using System.Net;
using Shop.Testing;

namespace Shop.Functions.Tests.Checkout;

public sealed class WhenAShopperChecksOut
{
    [Fact]
    public async Task Prices_come_from_the_catalog_whatever_the_client_says()
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();

        using var answer = await checkout.UpdateAsync(
            """{"items":[{"id":"watch","name":"Cheap","quantity":2,"unitCost":1,"totalCost":2,"imageUrl":"/x"}],"subtotal":2}""");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var body = await answer.ReadJsonAsync();
        Assert.Equal(
            """{"id":"watch","name":"The watch","quantity":2,"unitCost":38500,"totalCost":77000,"imageUrl":"/assets/watch.svg"}""",
            body.GetProperty("request").GetProperty("items")[0].GetRawText());
        Assert.Equal(77_000, body.GetProperty("request").GetProperty("subtotal").GetInt64());
        Assert.Equal((-1, -1, 77_000L, "USD"), Sums(body));
    }

    [Fact]
    public async Task Tax_and_shipping_are_part_of_the_total_once_they_are_known()
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();
        checkout.Store.Prices["watch"] = 777;

        using var addressed = await checkout.UpdateAsync($$"""{"items":[{"id":"watch","quantity":1}],"shippingAddress":{{CheckoutUnderTest.Address}}}""");
        Assert.Equal((-1, 38, 815L, "USD"), Sums(await addressed.ReadJsonAsync()));

        using var complete = await checkout.UpdateAsync($$"""
            {"items":[{"id":"watch","quantity":1}],"shippingAddress":{{CheckoutUnderTest.Address}},"deliveryOptionToken":"priority-mail"}
            """);
        var body = await complete.ReadJsonAsync();
        Assert.Equal((500, 38, 1315L, "USD"), Sums(body));
        Assert.Equal(
            """[{"name":"Priority Mail","amount":500,"token":"priority-mail","estimatedDays":10},{"name":"Priority Mail Express","amount":1500,"token":"priority-mail-express","estimatedDays":5}]""",
            body.GetProperty("shippingRates").GetProperty("rates").GetRawText());
    }

    [Fact]
    public async Task An_update_replaces_everything()
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();
        await checkout.FillAsync();

        using var update = await checkout.UpdateAsync("""{"items":[{"id":"belt","quantity":1}]}""");

        using var answer = await checkout.GetAsync();
        Assert.Equal(await update.ReadTextAsync(), await answer.ReadTextAsync());
        Assert.Equal((-1, -1, 1_999L, "USD"), Sums(await answer.ReadJsonAsync()));
    }

    [Fact]
    public async Task A_checkout_nobody_began_is_not_found()
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();

        using var answer = await checkout.GetAsync();
        using var submit = await checkout.SubmitAsync();

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (answer.StatusCode, submit.StatusCode));
    }

    [Theory]
    [InlineData("""{"items":[{"id":"watch","quantity":1}]}""", "customerEmail", "shippingAddress", "deliveryOptionToken")]
    [InlineData("""{"items":[{"id":"watch","quantity":1}],"customerEmail":"a@b.com","deliveryOptionToken":"priority-mail"}""", "shippingAddress")]
    public async Task An_incomplete_checkout_is_a_conflict_that_names_what_is_missing(string update, params string[] missing)
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();
        using var updated = await checkout.UpdateAsync(update);

        using var answer = await checkout.SubmitAsync();

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var detail = (await answer.ReadJsonAsync()).GetProperty("detail").GetString();
        Assert.All(missing, m => Assert.Contains(m, detail, StringComparison.Ordinal));
        Assert.Empty(checkout.Store.Orders);
    }

    [Fact]
    public async Task The_key_becomes_the_order_and_the_checkout_is_gone()
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();
        await checkout.FillAsync();
        var key = Guid.CreateVersion7().ToString();

        using var answer = await checkout.SubmitAsync(key);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($$"""{"orderId":"{{key}}","customerEmail":"ann@example.com"}""", await answer.ReadTextAsync());
        var order = checkout.Store.Orders[key];
        Assert.Equal(
            $"{checkout.Customer} Ann O'Neil ann@example.com USD 78999 3949 1500 84448 WA",
            string.Join(' ', order["customerId"], order["firstName"], order["lastName"], order["email"], order["currency"],
                order["subtotal"], order["tax"], order["shipping"], order["total"], order["shippingAddress"]!["state"]));
        Assert.Equal(
            """[{"productId":"watch","name":"The watch","quantity":2,"unitCost":38500,"totalCost":77000},{"productId":"belt","name":"The belt","quantity":1,"unitCost":1999,"totalCost":1999}]""",
            order["items"]!.ToJsonString());
        using var gone = await checkout.GetAsync();
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Submitting_again_with_the_key_answers_the_same()
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();
        await checkout.FillAsync();
        var key = Guid.CreateVersion7().ToString();
        using var first = await checkout.SubmitAsync(key);

        using var second = await checkout.SubmitAsync(key);
        using var stranger = await checkout.SubmitAsync(key, "somebody-else");

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal("true", second.Headers.GetValues("Idempotent-Replay").Single());
        Assert.Equal(await first.ReadTextAsync(), await second.ReadTextAsync());
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        Assert.Single(checkout.Store.Posted);
    }

    [Fact]
    public async Task A_double_click_without_a_key_is_one_order()
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();
        await checkout.FillAsync();
        checkout.Store.Refusal = (503, "{}");
        using var lost = await checkout.SubmitAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.StatusCode);
        checkout.Store.Refusal = null;

        using var first = await checkout.SubmitAsync();

        var id = Assert.Single(checkout.Store.Posted);
        Assert.Equal(7, Guid.Parse(id).Version);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
    }

    [Theory]
    [InlineData(422, """{"type":"urn:shop:problem:idempotency-mismatch","title":"Other content.","status":422}""")]
    [InlineData(409, """{"type":"urn:shop:problem:conflict","title":"Price changed.","status":409,"detail":"x"}""")]
    public async Task What_the_orders_api_refuses_is_passed_on_and_the_checkout_stays(int status, string problem)
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();
        await checkout.FillAsync();
        checkout.Store.Refusal = (status, problem);

        using var answer = await checkout.SubmitAsync(Guid.CreateVersion7().ToString());

        Assert.Equal(status, (int)answer.StatusCode);
        using var expected = System.Text.Json.JsonDocument.Parse(problem);
        Assert.Equal(expected.RootElement.GetProperty("type").GetString(), (await answer.ReadJsonAsync()).GetProperty("type").GetString());
        using var still = await checkout.GetAsync();
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task The_trace_is_passed_on()
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();
        const string trace = "Root=1-5759e988-bd862e3fe1be46a994272793";

        using var answer = await checkout.Function.SendAsync(
            HttpMethod.Post, $"/checkout/{checkout.Customer}/update", """{"items":[{"id":"watch","quantity":1}]}""", ("X-Amzn-Trace-Id", trace));

        Assert.StartsWith(trace, Assert.Single(checkout.Store.Traces), StringComparison.Ordinal);
    }

    private static (long Shipping, long Tax, long Total, string? Currency) Sums(System.Text.Json.JsonElement checkout) => (
        checkout.GetProperty("shipping").GetInt64(), checkout.GetProperty("tax").GetInt64(), checkout.GetProperty("total").GetInt64(),
        checkout.GetProperty("currency").GetString());
}
