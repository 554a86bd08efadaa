using System.Net;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests;

/// <summary>What the other classes don't ask: how good sessions are, and what a client can't decide.</summary>
public sealed class SecurityTests(Store store) : IClassFixture<Store>
{
    [Fact]
    public async Task Sessions_are_random_in_every_bit()
    {
        const int visitors = 400;
        var sessions = new List<byte[]>();
        for (var i = 0; i < visitors; i++)
        {
            using var shopper = store.Shopper();
            await shopper.GetAsync("/home");
            sessions.Add(Convert.FromHexString(shopper.Session!));
        }

        Assert.Equal(visitors, sessions.Select(Convert.ToHexString).Distinct().Count());
        Assert.All(sessions, s => Assert.Equal(16, s.Length));
        // Half of 400, give or take eight standard deviations: a time, a counter or a fixed version would show.
        for (var bit = 0; bit < 128; bit++)
        {
            Assert.InRange(sessions.Count(s => (s[bit / 8] >> (bit % 8) & 1) == 1), 120, 280);
        }
    }

    [Theory]
    [InlineData("unitPrice", "1")]
    [InlineData("price", "1")]
    [InlineData("customerId", "somebody-else")]
    [InlineData("total", "0")]
    [InlineData("currency", "XXX")]
    public async Task Fields_that_no_form_has_decide_nothing(string field, string value)
    {
        using var shopper = store.Shopper();
        await shopper.PostAsync("/cart", new() { ["productId"] = Seed.WoodWatch, ["quantity"] = "1", [field] = value });
        await shopper.PostAsync("/checkout", new(Shopper.Ann) { [field] = value });
        await shopper.PostAsync("/checkout/delivery", new() { ["token"] = "priority-mail", [field] = value });
        await shopper.PostAsync("/checkout/payment", new() { [field] = value });
        var key = (await shopper.GetAsync("/checkout/review")).Hidden("orderId")!;
        await shopper.PostAsync("/checkout/confirm", new() { ["orderId"] = key, [field] = value });

        var order = store.Backends.Orders[Guid.Parse(key)];
        Assert.Equal((shopper.Session, 5000L, "USD"), (order.CustomerId, order.Subtotal, order.Currency));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Original-URL", "/admin")]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    public async Task No_header_of_a_client_changes_where_a_page_leads(string header, string value)
    {
        using var shopper = store.Shopper();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation(header, value);

        var reply = await shopper.SendAsync(request);

        Assert.DoesNotContain("evil", reply.Location + reply.Body, StringComparison.Ordinal);
        Assert.True(reply.Status is HttpStatusCode.SeeOther or HttpStatusCode.BadRequest, $"{reply.Status}");
    }

    [Theory]
    [InlineData("/catalog/..%2f..%2fetc%2fpasswd")]
    [InlineData("/assets/..%2f..%2fappsettings.json")]
    [InlineData("/assets/../Shop.Ui.dll")]
    [InlineData("/orders/..%2fhealth")]
    public async Task No_path_leads_out_of_where_it_belongs(string path)
    {
        using var shopper = store.Shopper();
        var reply = await shopper.GetAsync(path);
        Assert.True(reply.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{path}: {reply.Status}");
        Assert.DoesNotContain("root:", reply.Body, StringComparison.Ordinal);
    }
}
