using Microsoft.Playwright;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests.Browser;

public sealed class WhenSomeoneBuysInABrowser(Chromium chromium, Store store) : IClassFixture<Store>
{
    [Theory]
    [InlineData(1280, true)]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    [InlineData(360, false)]
    public async Task The_whole_purchase_works_at_any_width_with_and_without_scripts(int width, bool script)
    {
        await using var visitor = await chromium.VisitAsync(store.Address, width, script: script);
        var page = visitor.Page;

        await visitor.GoAsync("/home");
        await page.ClickAsync("#menu-catalog");
        await page.FillAsync("#search", "wood");
        await page.Keyboard.PressAsync("Enter");
        await page.ClickAsync(".product-link");
        await page.FillAsync("#quantity", "2");
        await page.ClickAsync("#add-to-cart");
        Assert.Equal("$100.00", await visitor.TextAsync("#cart-total"));

        await page.ClickAsync("#checkout");
        await visitor.FillInAsync();
        await visitor.GoOnAsync();
        await page.CheckAsync("input[value=priority-mail-express]");
        await visitor.GoOnAsync();
        await visitor.GoOnAsync();
        Assert.Equal("$120.00", await visitor.TextAsync("#total"));
        await visitor.GoOnAsync();
        await page.WaitForURLAsync("**/orders/*");

        Assert.Equal(("ann@example.com", "$120.00"), (await visitor.TextAsync("#orderEmail"), await visitor.TextAsync("#orderTotal")));
        await page.ReloadAsync();
        Assert.Equal("0", await visitor.TextAsync("#go-cart .count"));
        Assert.Single(store.Backends.Orders, o => o.Key.ToString() == page.Url.Split('/')[^1]);
        Assert.Empty(visitor.Complaints);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_whole_purchase_works_by_keyboard_alone(bool script)
    {
        await using var visitor = await chromium.VisitAsync(store.Address, script: script);
        var keys = visitor.Page.Keyboard;

        await visitor.GoAsync($"/catalog/{Seed.WoodWatch}");
        await keys.PressAsync("Tab");
        Assert.True(await visitor.Page.Locator(".skip").IsVisibleAsync());
        await keys.PressAsync("Enter");
        await TabToAsync(visitor, "#add-to-cart");
        await keys.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/cart");
        await TabToAsync(visitor, "#checkout");
        await keys.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/checkout");
        await TabToAsync(visitor, "#firstName");
        foreach (var (name, value) in Shopper.Ann)
        {
            await TabToAsync(visitor, $"#{name}");
            await keys.TypeAsync(name == "state" ? "Washington" : value);
        }

        await keys.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/checkout/delivery");
        await TabToAsync(visitor, "input[name=token]");
        await keys.PressAsync("Space");
        await keys.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/checkout/payment");
        await TabToAsync(visitor, "#checkoutForm button");
        await keys.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/checkout/review");
        await TabToAsync(visitor, "#confirm");
        await keys.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/orders/*");
        Assert.Equal("$57.50", await visitor.TextAsync("#orderTotal"));
    }

    [Fact]
    public async Task What_is_chosen_applies_itself()
    {
        await using var visitor = await chromium.VisitAsync(store.Address);
        await visitor.GoAsync($"/catalog/{Seed.WoodWatch}");
        await visitor.Page.ClickAsync("#add-to-cart");
        await visitor.Page.FillAsync(".lines input[name=quantity]", "3");
        await visitor.Page.Locator("#cart-total", new() { HasText = "$150.00" }).WaitForAsync();

        await visitor.GoAsync("/catalog");
        await visitor.Page.SelectOptionAsync("select[name=order]", "price_desc");
        await visitor.Page.WaitForURLAsync("**order=price_desc**");
        Assert.Equal("Chronograf Classic", await visitor.TextAsync(".product-link"));
    }

    /// <summary>Goes on by Tab until the element has the focus, which must be seen there; a page has fewer than 80 stops.</summary>
    private static async Task TabToAsync(Visitor visitor, string selector)
    {
        for (var i = 0; i < 80; i++)
        {
            var focused = visitor.Page.Locator(":focus");
            if (await visitor.Page.Locator($"{selector}:focus").CountAsync() > 0)
            {
                Assert.NotEqual("none", await focused.EvaluateAsync<string>("e => getComputedStyle(e).outlineStyle"));
                return;
            }

            await visitor.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} can't be reached by Tab.");
    }
}
