using Microsoft.Playwright;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests.Browser;

public sealed class WhenTheStoreMovesUnderABrowser(Chromium chromium) : IAsyncLifetime
{
    private readonly Store _store = new();

    public ValueTask InitializeAsync() => _store.InitializeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_order_is_sent_again_by_itself_with_the_same_key(bool breaksConnections)
    {
        await using var visitor = await chromium.VisitAsync(_store.Address);
        await visitor.Page.Clock.InstallAsync();
        await visitor.ReachReviewAsync();
        FailOnSubmit();
        if (breaksConnections)
        {
            // The Region is gone between the browser and the store.
            await visitor.Page.RouteAsync("**/checkout/confirm", route => route.AbortAsync("connectionrefused"));
        }

        await visitor.Page.ClickAsync("#confirm");
        await visitor.Page.Locator("#sending-says", new() { HasText = "sent again until it is placed" }).WaitForAsync();
        if (!breaksConnections)
        {
            Assert.NotEmpty(_store.Backends.IdempotencyKeys);
        }

        _store.Backends.ComeBack();
        await visitor.Page.UnrouteAllAsync();
        await visitor.Page.Clock.FastForwardAsync(10_000);
        await visitor.Page.WaitForURLAsync("**/orders/*");

        Assert.Single(_store.Backends.Orders);
        Assert.Single(_store.Backends.IdempotencyKeys.Distinct());
    }

    [Fact]
    public async Task A_step_is_tried_again_by_itself()
    {
        await using var visitor = await chromium.VisitAsync(_store.Address);
        await visitor.Page.Clock.InstallAsync();
        await visitor.GoAsync($"/catalog/{Seed.WoodWatch}");
        await visitor.Page.ClickAsync("#add-to-cart");
        await visitor.Page.ClickAsync("#checkout");
        await visitor.FillInAsync();
        _store.Backends.GoDown();
        await visitor.GoOnAsync();
        await visitor.Page.Locator("#retry-says", new() { HasText = "We try again by ourselves" }).WaitForAsync();

        _store.Backends.ComeBack();
        await visitor.Page.Clock.FastForwardAsync(10_000);
        await visitor.Page.WaitForURLAsync("**/checkout/delivery");
    }

    [Fact]
    public async Task What_can_not_be_repeated_safely_is_left_to_the_shopper()
    {
        await using var visitor = await chromium.VisitAsync(_store.Address);
        await visitor.GoAsync($"/catalog/{Seed.WoodWatch}");
        _store.Backends.GoDown();
        await visitor.Page.ClickAsync("#add-to-cart");
        await visitor.Page.WaitForSelectorAsync("#moving");

        Assert.Equal("", await visitor.TextAsync("#retry-says"));
        Assert.Empty(await visitor.ViolationsAsync());
    }

    [Fact]
    public async Task Without_scripts_a_press_sends_it_again_with_the_same_key()
    {
        await using var visitor = await chromium.VisitAsync(_store.Address, script: false);
        await visitor.ReachReviewAsync();
        FailOnSubmit();
        await visitor.Page.ClickAsync("#confirm");
        await visitor.Page.WaitForSelectorAsync("#moving");

        _store.Backends.ComeBack();
        await visitor.Page.ClickAsync("#try-again");
        await visitor.Page.WaitForURLAsync("**/orders/*");

        Assert.Single(_store.Backends.Orders);
        Assert.True(_store.Backends.IdempotencyKeys.Count > 1);
        Assert.Single(_store.Backends.IdempotencyKeys.Distinct());
    }

    [Fact]
    public async Task An_order_that_was_lost_is_shown_as_soon_as_it_is_back()
    {
        await using var visitor = await chromium.VisitAsync(_store.Address);
        await visitor.Page.Clock.InstallAsync();
        await visitor.ReachReviewAsync();
        await visitor.Page.ClickAsync("#confirm");
        await visitor.Page.WaitForURLAsync("**/orders/*");
        var order = Assert.Single(_store.Backends.Orders.Values);

        _store.Backends.Orders.Clear();
        await visitor.Page.ReloadAsync();
        Assert.Equal("Being recovered", await visitor.TextAsync("#orderStatus"));

        _store.Backends.Orders[order.Id] = order with { RecoveredFrom = "us-east-1" };
        await visitor.Page.Clock.FastForwardAsync(10_000);
        await visitor.Page.Locator("h1", new() { HasText = "Your order is back with us" }).WaitForAsync();
        Assert.Equal("Recovered", await visitor.TextAsync("#orderStatus"));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    /// <summary>The store itself repeats for some seconds before it says that it can't tell.</summary>
    private void FailOnSubmit() =>
        _store.Backends.Fault = context => FakeBackends.Answer(context, 503, context.Request.Path.Value!.EndsWith("/submit", StringComparison.Ordinal));
}
