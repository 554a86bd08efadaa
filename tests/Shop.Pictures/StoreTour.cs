using Microsoft.Playwright;

namespace Shop.Pictures;

/// <summary>One shopper's way through the store, with a stop wherever there is something to see.</summary>
internal static class StoreTour
{
    // In the catalog's seed data: a product of which few are left, and one with a bezel.
    private const string Chronograf = "808a2de1-1aaa-4c25-a9b9-6612e8f29a38";
    private const string HarborDiver = "f4f5cd51-263e-5db6-b239-7a604329d9b6";
    private const string WorldTimer = "943dcc83-85ef-5a3c-a9ce-4e0a64fb1143";

    private static readonly (string Field, string Value)[] Details =
        [("firstName", "Ann"), ("lastName", "Example"), ("email", "ann@example.com"), ("address1", "100 Main Street"), ("city", "Seattle"), ("zip", "98101")];

    public static async Task TakeAsync(IBrowser browser, Uri store, Album album)
    {
        await using var wide = await WindowAsync(browser, store, 1280, 860, ColorScheme.Light);
        var page = await AtHomeAsync(wide);
        await album.TakeAsync(page, "store-home");
        await page.GotoAsync("/catalog?size=12&page=2");
        await album.TakeAsync(page, "store-catalog");
        await BuyAsync(page, album);

        await using var dark = await WindowAsync(browser, store, 1280, 860, ColorScheme.Dark);
        page = await AtHomeAsync(dark);
        await album.TakeAsync(page, "store-home-dark");
        await page.GotoAsync($"/catalog/{HarborDiver}");
        await album.TakeAsync(page, "store-product-dark");

        await using var phone = await WindowAsync(browser, store, 390, 780, ColorScheme.Light);
        page = await AtHomeAsync(phone);
        await album.TakeAsync(page, "store-phone-home");
        await page.GotoAsync($"/catalog/{WorldTimer}");
        await album.TakeAsync(page, "store-phone-product");
        await page.ClickAsync("#add-to-cart");
        await page.WaitForURLAsync("**/cart");
        await album.TakeAsync(page, "store-phone-cart");
    }

    private static Task<IBrowserContext> WindowAsync(IBrowser browser, Uri store, int width, int height, ColorScheme scheme) =>
        browser.NewContextAsync(new() { BaseURL = store.ToString(), ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });

    /// <summary>As a visitor who has been here before: the font is optional, and a first page may be shown without it.</summary>
    private static async Task<IPage> AtHomeAsync(IBrowserContext window)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync("/home");
        await page.EvaluateAsync("() => document.fonts.ready");
        await page.GotoAsync("/home");
        return page;
    }

    private static async Task BuyAsync(IPage page, Album album)
    {
        foreach (var product in (string[])[Chronograf, WorldTimer])
        {
            await page.GotoAsync($"/catalog/{product}");
            await page.ClickAsync("#add-to-cart");
            await page.WaitForURLAsync("**/cart");
        }

        await page.ClickAsync("#checkout");
        foreach (var (field, value) in Details)
        {
            await page.FillAsync($"#{field}", value);
        }

        await page.SelectOptionAsync("#state", "WA");
        await page.ClickAsync("#checkoutForm button[type=submit]");
        await page.CheckAsync("input[value=priority-mail-express]");
        await page.ClickAsync("#checkoutForm button[type=submit]");
        await page.ClickAsync("#checkoutForm button[type=submit]");
        await page.WaitForURLAsync("**/checkout/review");
        await album.TakeAsync(page, "store-review");
        await page.ClickAsync("#confirm");
        await page.WaitForURLAsync("**/orders/*");
        await album.TakeAsync(page, "store-order");
    }
}
