using Microsoft.Playwright;
using Shop.Testing;

namespace Shop.ControlRoom.Tests.Browser;

/// <summary>One real browser for all tests of a class: the system's Chromium, driven by Playwright, which downloads none of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const float Patience = 120_000;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        // Containers give it no sandbox of its own; it opens nothing but the test's own pages.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserPath.Find(), Timeout = Patience, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A window of its own, without cookies. Whatever its console complains about is collected, and a broken policy is such a complaint.</summary>
    public async Task<OpenPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light, int width = 1280, bool script = true)
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var context = await _browser!.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 }, JavaScriptEnabled = script, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        // Not a measure of speed: what never comes must fail some time, also on a machine that does ten other things.
        page.SetDefaultTimeout(Patience);
        var complaints = new List<string>();
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return new OpenPage(context, page, complaints);
    }
}

public sealed record OpenPage(IBrowserContext Context, IPage Page, IReadOnlyList<string> Complaints) : IAsyncDisposable
{
    public Task LiveAsync() => Page.WaitForSelectorAsync("#live[data-state=on]");

    public async ValueTask DisposeAsync() => await Context.CloseAsync();
}
