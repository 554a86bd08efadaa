using Microsoft.Playwright;
using Shop.Contracts;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests.Browser;

/// <summary>
/// Every page in every state, wide and narrow, light and dark: no rule of accessibility broken, nothing out of its window, no complaint of the browser.
/// </summary>
public sealed class WhenPagesAreLookedAt(Chromium chromium) : IAsyncLifetime
{
    private readonly Store _store = new();
    private readonly List<string> _wrong = [];

    public ValueTask InitializeAsync() => _store.InitializeAsync();

    [Fact]
    public async Task Nothing_is_wrong_with_any_of_them()
    {
        await using var visitor = await chromium.VisitAsync(_store.Address);
        // A page that tries again by itself would be gone while it is looked at: it believes that it has tried often enough.
        await visitor.Page.AddInitScriptAsync("sessionStorage.setItem(`tries:${location.pathname}`, '99')");

        await LookAsync(visitor, "home", "/home");
        await LookAsync(visitor, "catalog", "/catalog?size=24");
        await LookAsync(visitor, "catalog, paged", "/catalog?size=9&page=2&order=price_asc");
        await LookAsync(visitor, "nothing found", "/catalog?search=zebra");
        await LookAsync(visitor, "product", $"/catalog/{Seed.Chronograf}");
        await LookAsync(visitor, "empty cart", "/cart");
        await LookAsync(visitor, "no orders", "/orders");
        await LookAsync(visitor, "not found", "/nowhere");
        await BuyAsync(visitor);
        await LookAfterALossAsync(visitor);
        await LookWhileMovingAsync(visitor);

        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task BuyAsync(Visitor visitor)
    {
        await visitor.GoAsync($"/catalog/{Seed.Chronograf}");
        await visitor.Page.ClickAsync("#add-to-cart");
        await LookAsync(visitor, "cart");
        await visitor.Page.ClickAsync("#checkout");
        await LookAsync(visitor, "checkout");
        await visitor.GoOnAsync();
        await visitor.Page.WaitForSelectorAsync(".is-invalid");
        await LookAsync(visitor, "checkout with errors");
        await visitor.FillInAsync();
        await visitor.GoOnAsync();
        await visitor.Page.CheckAsync("input[value=priority-mail]");
        await LookAsync(visitor, "delivery");
        await visitor.GoOnAsync();
        await visitor.Page.WaitForURLAsync("**/checkout/payment");
        await LookAsync(visitor, "payment");
        await visitor.GoOnAsync();
        await visitor.Page.WaitForURLAsync("**/checkout/review");
        await LookAsync(visitor, "review");
        await visitor.GoOnAsync();
        await visitor.Page.WaitForURLAsync("**/orders/*");
        await LookAsync(visitor, "order");
        await LookAsync(visitor, "orders", "/orders");
    }

    private async Task LookAfterALossAsync(Visitor visitor)
    {
        var order = _store.Backends.Orders.Values.Last();
        _store.Backends.Orders.Clear();
        await LookAsync(visitor, "order being recovered", $"/orders/{order.Id}");
        await LookAsync(visitor, "orders being recovered", "/orders");
        _store.Backends.Orders[order.Id] = order with { RecoveredFrom = "us-east-1" };
        await LookAsync(visitor, "recovered order", $"/orders/{order.Id}");
        _store.Backends.Orders[order.Id] = order with { Status = OrderStatus.Cancelled };
        await LookAsync(visitor, "cancelled order", $"/orders/{order.Id}");
        Assert.Equal("Cancelled", await visitor.TextAsync("#orderStatus"));
    }

    private async Task LookWhileMovingAsync(Visitor visitor)
    {
        _store.Backends.GoDown();
        await LookAsync(visitor, "home while moving", "/home");
        Assert.True(await visitor.Page.IsVisibleAsync("#moving-banner"));
        await LookAsync(visitor, "catalog while moving", "/catalog");
        await LookAsync(visitor, "cart while moving", "/cart");
        await LookAsync(visitor, "orders while moving", "/orders");
        _store.Backends.Fault = context => FakeBackends.Answer(context, 500, context.Request.Path.StartsWithSegments("/catalogue/product"));
        await LookAsync(visitor, "failure", $"/catalog/{Seed.PocketWatch}");
        _store.Backends.ComeBack();
    }

    private async Task LookAsync(Visitor visitor, string what, string? path = null)
    {
        if (path is not null)
        {
            await visitor.GoAsync(path);
        }

        await visitor.Page.WaitForLoadStateAsync();
        await LookOnceAsync($"{what}, wide and light", await visitor.ViolationsAsync());
        // Most rules see neither width nor colour: those that do look again, and at the same document, which is cheap.
        await visitor.Page.SetViewportSizeAsync(360, 740);
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await LookOnceAsync($"{what}, narrow and dark", await visitor.VisibleViolationsAsync());
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await LookOnceAsync($"{what}, narrow and light", []);
        await visitor.Page.SetViewportSizeAsync(1280, 900);
        _wrong.AddRange(visitor.Complaints.Select(c => $"{what}: {c}"));

        async Task LookOnceAsync(string how, IReadOnlyList<string> violations)
        {
            _wrong.AddRange(violations.Select(v => $"{how}: {v}"));
            if (await visitor.OverflowAsync() is > 0 and var pixels)
            {
                _wrong.Add($"{how}: {pixels} pixels wider than the window");
            }
        }
    }
}
