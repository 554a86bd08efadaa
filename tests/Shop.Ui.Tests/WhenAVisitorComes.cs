using System.Net;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests;

public sealed class WhenAVisitorComes(Store store) : IClassFixture<Store>
{
    [Fact]
    public async Task The_first_page_gives_a_session_that_scripts_and_other_sites_can_not_use()
    {
        using var shopper = store.Shopper();

        var cookie = (await shopper.GetAsync("/home")).Header("Set-Cookie")!;

        Assert.Matches("^SESSIONID=[0-9a-f]{32}; path=/; samesite=lax; httponly$", cookie);
        Assert.Null((await shopper.GetAsync("/catalog")).Header("Set-Cookie"));
    }

    [Fact]
    public async Task Over_https_the_session_is_secure_and_the_browser_is_told_to_stay_there()
    {
        using var shopper = store.Shopper();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/home");
        request.Headers.Add("X-Forwarded-Proto", "https");

        var reply = await shopper.SendAsync(request);

        Assert.Contains("; secure;", reply.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.StartsWith("max-age=31536000", reply.Header("Strict-Transport-Security"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_posted_without_a_session_gets_one_and_is_kept_under_it()
    {
        using var shopper = store.Shopper();

        var added = await shopper.AddAsync(Seed.WoodWatch);

        Assert.Equal(HttpStatusCode.SeeOther, added.Status);
        Assert.Equal(["Wood Watch"], (await shopper.GetAsync("/cart")).Texts(".item-name"));
    }

    [Fact]
    public async Task Two_visitors_have_two_carts()
    {
        using var one = store.Shopper();
        using var two = store.Shopper();
        await one.AddAsync(Seed.WoodWatch);
        await two.AddAsync(Seed.PocketWatch);

        Assert.NotEqual(one.Session, two.Session);
        Assert.Equal(["Wood Watch"], (await one.GetAsync("/cart")).Texts(".item-name"));
        Assert.Equal(["Pocket Watch"], (await two.GetAsync("/cart")).Texts(".item-name"));
    }

    [Fact]
    public async Task A_UUID_that_the_client_brought_is_its_session()
    {
        const string Own = "0199b5a2-6c3e-7d10-9f60-0a1b2c3d4e5f";
        using var shopper = store.Shopper(Own);

        await shopper.AddAsync(Seed.WoodWatch);

        Assert.True(store.Backends.Carts[Own].ContainsKey(Seed.WoodWatch));
        Assert.Equal(Own, shopper.Session);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("..%2F..%2Forders")]
    [InlineData("admin'--")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    public async Task Any_other_session_is_replaced(string brought)
    {
        using var shopper = store.Shopper(brought);

        await shopper.GetAsync("/cart");

        Assert.Matches("^[0-9a-f]{32}$", shopper.Session);
    }

    [Fact]
    public async Task Nobody_sees_the_order_of_someone_else()
    {
        using var ann = store.Shopper();
        var key = (await ann.ReachReviewAsync()).Hidden("orderId")!;
        var order = (await ann.PostAsync("/checkout/confirm", new() { ["orderId"] = key })).Location;
        using var eve = store.Shopper();
        await eve.GetAsync("/home");

        var seen = await eve.GetAsync(order);

        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync(order)).Status);
        Assert.Equal(HttpStatusCode.NotFound, seen.Status);
        Assert.DoesNotContain("Ann", seen.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(key, (await eve.GetAsync("/orders")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trace_is_passed_on_to_the_back_ends()
    {
        using var shopper = store.Shopper();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/home");
        request.Headers.Add("X-Amzn-Trace-Id", "Root=1-67891233-abcdef012345678912345678");

        await shopper.SendAsync(request);

        Assert.Contains("Root=1-67891233-abcdef012345678912345678", store.Backends.Traces);
    }

    [Fact]
    public async Task One_correlation_id_goes_with_a_page_to_every_back_end_and_back_to_the_visitor()
    {
        using var shopper = store.Shopper();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/catalog");
        request.Headers.Add("X-Correlation-Id", "page-of-the-test");

        var page = await shopper.SendAsync(request);

        Assert.Equal("page-of-the-test", page.Header("X-Correlation-Id"));
        Assert.True(store.Backends.Correlations.Count(id => id == "page-of-the-test") > 1);
        Assert.DoesNotContain("", store.Backends.Correlations);
    }
}
