using Microsoft.Playwright;
using Shop.Testing;
using Shop.Ui.Tests.Browser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Shop.Ui.Tests.Browser;

/// <summary>The system's Chromium, without a window, once for all browser tests. <c>CHROMIUM</c> names another one.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private readonly Lazy<Task<IBrowser>> _browser;
    private IPlaywright? _playwright;

    public Chromium() => _browser = new Lazy<Task<IBrowser>>(LaunchAsync);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A visitor's browser: cookies of its own, and complaints of the console kept.</summary>
    internal async Task<Visitor> VisitAsync(Uri store, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        var context = await (await _browser.Value).NewContextAsync(new()
        {
            BaseURL = store.ToString(),
            ViewportSize = new() { Width = width, Height = width < 500 ? 740 : 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        return new Visitor(await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated)
        {
            await (await _browser.Value).DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private async Task<IBrowser> LaunchAsync()
    {
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserPath.Find(), Args = ["--no-sandbox"] });
    }
}
