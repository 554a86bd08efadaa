using System.Net;
using AngleSharp.Dom;
using Shop.Contracts;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests;

public sealed class PageTests(Store store) : IClassFixture<Store>
{
    public static TheoryData<string, int> Addresses => new()
    {
        { "/home", 200 }, { "/catalog", 200 }, { $"/catalog/{Seed.PocketWatch}", 200 }, { "/cart", 200 }, { "/orders", 200 },
        { "/nowhere", 404 }, { "/catalog/nothing", 404 }, { "/orders/nothing", 404 }, { "/orders/0199b5a2-6c3e-7d10-9f60-0a1b2c3d4e5f", 404 },
        { "/catalog?page=0", 400 }, { "/catalog?page=abc", 400 }, { "/catalog?size=101", 400 }, { "/catalog?order=random", 400 }, { "/orders?page=-1", 400 },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Every_page_has_the_menu_the_Region_and_strict_headers(string path, int status)
    {
        using var shopper = store.Shopper();

        var page = await shopper.GetAsync(path);

        Assert.Equal(status, (int)page.Status);
        Assert.Equal("us-east-1", page.Header("X-Region"));
        Assert.Equal("us-east-1", page.Text("#region"));
        Assert.StartsWith("default-src 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", page.Header("Referrer-Policy"));
        Assert.Equal("text/html; charset=utf-8", page.Header("Content-Type"));
        foreach (var id in (string[])["menu-home", "menu-catalog", "menu-orders", "go-cart"])
        {
            Assert.NotNull(page.Document.GetElementById(id));
        }

        Assert.Single(page.Document.QuerySelectorAll("h1"));
        Assert.Null(page.Document.GetElementById("moving-banner"));
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task No_page_needs_what_its_policy_forbids(string path, int status)
    {
        using var shopper = store.Shopper();

        var page = await shopper.GetAsync(path);

        Assert.Equal(status, (int)page.Status);
        Assert.Empty(page.Document.QuerySelectorAll("script:not([src]), style, [style], iframe, object, [onclick], [onsubmit]"));
        Assert.All(page.Document.QuerySelectorAll("[src], link[href]"), e => Assert.StartsWith("/assets/", e.GetAttribute("src") ?? e.GetAttribute("href"), StringComparison.Ordinal));
        Assert.All(page.Document.QuerySelectorAll("img"), e => Assert.True(e.HasAttribute("alt")));
        Assert.All(
            page.Document.QuerySelectorAll("input:not([type=hidden]), select"),
            e => Assert.True(e.Closest("label") is not null || page.Document.QuerySelector($"label[for={e.Id}]") is not null, $"{e.OuterHtml} has no label"));
        Assert.Empty(page.Document.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Fact]
    public async Task The_front_page_leads_to_home()
    {
        using var shopper = store.Shopper();
        var reply = await shopper.GetAsync("/");
        Assert.Equal((HttpStatusCode.SeeOther, "/home"), (reply.Status, reply.Location));
        Assert.Equal(4, (await shopper.GetAsync("/home")).Document.QuerySelectorAll(".product-link").Length);
    }

    [Fact]
    public async Task The_catalog_is_filtered_searched_sorted_and_paged()
    {
        using var shopper = store.Shopper();

        var cheap = await shopper.GetAsync("/catalog?tag=casual&page=2&size=9&order=price_asc");
        Assert.Equal("Showing 4 of 13 products", cheap.Text("#showing"));
        Assert.Equal("Wood Watch", cheap.Texts(".product-link")[^1]);
        Assert.Equal("/catalog?tag=casual&page=1&size=9&order=price_asc", cheap.Document.QuerySelector(".pager a[rel=prev]")!.GetAttribute("href"));
        Assert.Equal(["2"], cheap.Texts(".pager [aria-current]"));

        var found = await shopper.GetAsync("/catalog?search=chronograf");
        Assert.Equal(["Chronograf Classic"], found.Texts(".product-link"));
        Assert.Equal("$5,100.00", found.Text(".price"));
    }

    [Fact]
    public async Task A_product_shows_related_ones_but_not_itself()
    {
        using var shopper = store.Shopper();
        var page = await shopper.GetAsync($"/catalog/{Seed.PocketWatch}");
        Assert.NotNull(page.Document.QuerySelector("#addToCart #add-to-cart"));
        Assert.Equal(["Chronograf Classic"], page.Texts(".product-link"));
    }

    [Fact]
    public async Task What_a_product_or_a_shopper_says_is_text_and_never_markup()
    {
        const string Evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
        store.Backends.Products["evil"] = new Product("evil", Evil, Evil, "/assets/x.svg", 100, "USD", 1, ["evil"]);
        using var shopper = store.Shopper();
        var typed = Shopper.Ann.ToDictionary(f => f.Key, _ => Evil);
        await shopper.AddAsync("evil");

        Reply[] pages =
        [
            await shopper.GetAsync("/catalog/evil"), await shopper.GetAsync("/cart"), await shopper.GetAsync("/checkout"),
            await shopper.PostAsync("/checkout", typed), await shopper.GetAsync($"/catalog?search={Uri.EscapeDataString(Evil)}"),
            await shopper.GetAsync($"/catalog?tag={Uri.EscapeDataString("\"><script>")}"),
        ];

        Assert.All(pages, page => Assert.Empty(page.Document.QuerySelectorAll("script:not([src^=\"/assets/\"]), [onerror], img[src=x]")));
        Assert.Equal(Evil, pages[0].Text("h1"));
        Assert.Equal(Evil, pages[3].Document.QuerySelector("#firstName")!.GetAttribute("value"));
        store.Backends.Products.TryRemove("evil", out _);
    }

    [Fact]
    public async Task A_back_end_that_fails_gives_a_page_without_a_stack_trace()
    {
        await using var own = new Store();
        await own.InitializeAsync();
        own.Backends.Fault = context => FakeBackends.Answer(context, 500, context.Request.Path.StartsWithSegments("/catalogue/product"));
        using var shopper = own.Shopper();

        var page = await shopper.GetAsync($"/catalog/{Seed.PocketWatch}");

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.Equal("Something went wrong", page.Text("h1"));
        Assert.DoesNotContain("Exception", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_touches_no_back_end_and_gives_out_no_session()
    {
        var before = store.Backends.Calls.Count(c => c.Contains("health", StringComparison.Ordinal));
        using var shopper = store.Shopper();
        var reply = await shopper.GetAsync("/health");
        Assert.Equal("""{"status":"ok","region":"us-east-1","dependencies":{}}""", reply.Body);
        Assert.Null(shopper.Session);
        Assert.Equal(before, store.Backends.Calls.Count(c => c.Contains("health", StringComparison.Ordinal)));
    }
}
