using System.Net;
using System.Xml.Linq;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests;

public sealed class AssetTests(Store store) : IClassFixture<Store>
{
    [Theory]
    [InlineData("pocket_watch")]
    [InlineData("leather_strap")]
    [InlineData("mantel_chimes")]
    [InlineData("smart_1")]
    [InlineData("watch_box")]
    [InlineData("spring_bar_tool")]
    [InlineData("smart_ring")]
    [InlineData("lap_timer")]
    [InlineData("harbor_diver")]
    [InlineData("something-nobody-seeded")]
    public async Task Every_product_has_a_picture_that_is_kept_for_thirty_days(string name)
    {
        using var shopper = store.Shopper();

        var picture = await shopper.GetAsync($"/assets/{name}.svg");

        Assert.Equal((HttpStatusCode.OK, "image/svg+xml"), (picture.Status, picture.Header("Content-Type")));
        Assert.Equal("public, max-age=2592000", picture.Header("Cache-Control"));
        Assert.Equal("svg", XDocument.Parse(picture.Body).Root!.Name.LocalName);
        Assert.Null(picture.Header("Set-Cookie"));
        Assert.Equal(picture.Body, (await shopper.GetAsync($"/assets/{name}.svg")).Body);
    }

    [Fact]
    public async Task Different_products_look_different()
    {
        using var shopper = store.Shopper();
        Assert.NotEqual((await shopper.GetAsync("/assets/trench.svg")).Body, (await shopper.GetAsync("/assets/two_cities.svg")).Body);
    }

    [Fact]
    public async Task A_picture_that_is_known_is_not_sent_again()
    {
        using var shopper = store.Shopper();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/gentleman.svg");
        request.Headers.TryAddWithoutValidation("If-None-Match", (await shopper.GetAsync("/assets/gentleman.svg")).Header("ETag"));

        Assert.Equal(HttpStatusCode.NotModified, (await shopper.SendAsync(request)).Status);
    }

    [Fact]
    public async Task The_style_sheet_is_the_one_that_pages_name()
    {
        using var shopper = store.Shopper();
        var page = await shopper.GetAsync("/home");
        var css = await shopper.GetAsync(page.Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!);
        Assert.Equal("text/css; charset=utf-8", css.Header("Content-Type"));
        Assert.Contains("prefers-color-scheme: dark", css.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/assets/none.png")]
    [InlineData("/assets/.svg")]
    [InlineData("/assets/%3Cscript%3E.svg")]
    [InlineData("/assets/..%2Fsite.svg")]
    public async Task What_is_no_asset_is_not_found(string path)
    {
        using var shopper = store.Shopper();
        Assert.Equal(HttpStatusCode.NotFound, (await shopper.GetAsync(path)).Status);
    }
}
