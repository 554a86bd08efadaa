using System.Net;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests;

public sealed class CrossSiteTests(Store store) : IClassFixture<Store>
{
    public static TheoryData<string, string> Foreign => new()
    {
        { "Origin", "https://evil.example" },
        { "Origin", "null" },
        { "Sec-Fetch-Site", "cross-site" },
        { "Sec-Fetch-Site", "same-site" },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_form_from_another_site_changes_nothing(string header, string value)
    {
        using var shopper = store.Shopper();
        await shopper.GetAsync("/home");

        var reply = await shopper.PostAsync("/cart", new() { ["productId"] = Seed.WoodWatch }, new() { [header] = value });

        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
        Assert.Equal("Not from here", reply.Text("h1"));
        Assert.Equal(0, store.Backends.Count($"POST /carts/{shopper.Session}"));
    }

    [Fact]
    public async Task A_form_of_the_store_is_accepted()
    {
        using var shopper = store.Shopper();
        var headers = new Dictionary<string, string> { ["Origin"] = store.Address.GetLeftPart(UriPartial.Authority), ["Sec-Fetch-Site"] = "same-origin" };

        var reply = await shopper.PostAsync("/cart", new() { ["productId"] = Seed.WoodWatch }, headers);

        Assert.Equal(HttpStatusCode.SeeOther, reply.Status);
    }

    [Fact]
    public async Task The_origin_of_the_same_host_on_another_port_is_another_site()
    {
        using var shopper = store.Shopper();

        var reply = await shopper.PostAsync("/cart", new() { ["productId"] = Seed.WoodWatch }, new() { ["Origin"] = "http://127.0.0.1:1" });

        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
    }
}
