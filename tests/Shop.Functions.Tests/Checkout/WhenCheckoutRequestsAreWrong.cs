using System.Net;
using Shop.Testing;

namespace Shop.Functions.Tests.Checkout;

public sealed class WhenCheckoutRequestsAreWrong
{
    public static TheoryData<string, string> Updates => new()
    {
        { "{", "$" },
        { "[]", "$" },
        { "null", "$" },
        { "{}", "items" },
        { """{"items":null}""", "items" },
        { """{"items":[]}""", "items" },
        { """{"items":{}}""", "items" },
        { """{"items":[null]}""", "items[0]" },
        { """{"items":[7]}""", "items[0]" },
        { """{"items":[{"quantity":1}]}""", "items[0].id" },
        { """{"items":[{"id":"a/../b","quantity":1}]}""", "items[0].id" },
        { """{"items":[{"id":5,"quantity":1}]}""", "items[0].id" },
        { """{"items":[{"id":"watch"}]}""", "items[0].quantity" },
        { """{"items":[{"id":"watch","quantity":0}]}""", "items[0].quantity" },
        { """{"items":[{"id":"watch","quantity":-1}]}""", "items[0].quantity" },
        { """{"items":[{"id":"watch","quantity":1.5}]}""", "items[0].quantity" },
        { """{"items":[{"id":"watch","quantity":2147483648}]}""", "items[0].quantity" },
        { """{"items":[{"id":"watch","quantity":1,"unitCost":-1}]}""", "items[0].unitCost" },
        { """{"items":[{"id":"watch","quantity":1},{"id":"watch","quantity":1}]}""", "items[1].id" },
        { """{"items":[{"id":"watch","quantity":1},{"id":"unknown","quantity":1}]}""", "items[1].id" },
        { """{"items":[{"id":"watch","quantity":1}],"subtotal":-1}""", "subtotal" },
        { """{"items":[{"id":"watch","quantity":1}],"customerEmail":"nobody"}""", "customerEmail" },
        { """{"items":[{"id":"watch","quantity":1}],"customerEmail":""}""", "customerEmail" },
        { """{"items":[{"id":"watch","quantity":1}],"customerEmail":"a@b.com\r\nBcc: c@d.com"}""", "customerEmail" },
        { """{"items":[{"id":"watch","quantity":1}],"deliveryOptionToken":"drone"}""", "deliveryOptionToken" },
        { """{"items":[{"id":"watch","quantity":1}],"shippingAddress":{}}""", "shippingAddress.firstName" },
        { $$$"""{"items":[{"id":"watch","quantity":1}],"shippingAddress":{"lastName":"{{{new string('n', 101)}}}"} }""", "shippingAddress.lastName" },
        { $$$"""{"items":[{"id":"watch","quantity":1}],"shippingAddress":{"zip":"{{{new string('9', 21)}}}"} }""", "shippingAddress.zip" },
        { """{"items":[{"id":"watch","quantity":1}],"shippingAddress":"x"}""", "shippingAddress" },
        { """{"items":[{"id":"watch","quantity":1}],"shippingAddress":{"city":" "}}""", "shippingAddress.city" },
    };

    [Fact]
    public async Task The_field_is_named()
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();
        foreach (var row in Updates)
        {
            var (body, field) = row.Data;
            using var answer = await checkout.UpdateAsync(body);

            var problem = await answer.ReadTextAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{body} -> {(int)answer.StatusCode} {problem}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.True((await answer.ReadJsonAsync()).GetProperty("errors").TryGetProperty(field, out _), $"{body} -> {problem}");
        }

        using var nothing = await checkout.GetAsync();
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Fact]
    public async Task Too_many_items_are_refused()
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();

        using var answer = await checkout.UpdateAsync(
            $$"""{"items":[{{string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""{"id":"i{{i}}","quantity":1}"""))}}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("order-1")]
    [InlineData("0190c0de-0000-7000-8000-00000000000g")]
    public async Task A_key_that_is_no_uuid_is_refused(string key)
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();
        await checkout.FillAsync();

        using var answer = await checkout.SubmitAsync(key);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.ReadJsonAsync()).GetProperty("errors").TryGetProperty("Idempotency-Key", out _));
        Assert.Empty(checkout.Store.Posted);
    }
}
