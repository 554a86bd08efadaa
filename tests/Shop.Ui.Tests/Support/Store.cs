using Microsoft.AspNetCore.Builder;

namespace Shop.Ui.Tests.Support;

/// <summary>The store in this process, with fake back-ends behind it; both on ports that the system chose.</summary>
public sealed class Store : IAsyncLifetime
{
    private WebApplication? _ui;
    private FakeBackends? _backends;

    internal FakeBackends Backends => _backends ?? throw new InvalidOperationException("The store has not been started.");

    public Uri Address => new(_ui!.Urls.Single());

    internal IServiceProvider Services => _ui!.Services;

    public async ValueTask InitializeAsync()
    {
        _backends = await FakeBackends.StartAsync();
        _ui = StoreUi.Build(
        [
            "--urls=http://127.0.0.1:0", "--AWS_REGION=us-east-1", $"--CATALOG_URL={Backends.Url}", $"--CARTS_URL={Backends.Url}/",
            $"--CHECKOUT_URL={Backends.Url}", $"--ORDERS_URL={Backends.Url}", "--STORE_NOTICE_URL=https://status.example/",
            "--Logging:LogLevel:Default=None",
        ]);
        await _ui.StartAsync();
    }

    /// <summary>A visitor with cookies of their own, who follows no redirects unless told to.</summary>
    internal Shopper Shopper(string? session = null) => new(Address, session);

    public async ValueTask DisposeAsync()
    {
        if (_ui is not null)
        {
            await _ui.DisposeAsync();
        }

        if (_backends is not null)
        {
            await _backends.DisposeAsync();
        }
    }
}
