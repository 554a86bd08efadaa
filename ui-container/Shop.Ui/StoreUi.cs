using Shop.Ui.Assets;
using Shop.Ui.Backends;
using Shop.Ui.Carts;
using Shop.Ui.Catalog;
using Shop.Ui.CheckoutSteps;
using Shop.Ui.Home;
using Shop.Ui.Http;
using Shop.Ui.Orders;
using Shop.Ui.Visits;

namespace Shop.Ui;

/// <summary>Builds the shoppers' store. <c>Program</c> runs it; tests build it with settings as arguments.</summary>
public static class StoreUi
{
    private const long LargestForm = 64 * 1024;

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = LargestForm;
        });
        builder.Logging.AddStoreLogs();
        builder.Services.AddSingleton(UiOptions.From(builder.Configuration));
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<Visit>();
        builder.Services.AddScoped<CheckoutDesk>();
        builder.Services.AddScoped<Purchase>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddFormLimits();
        builder.Services.AddSmallerPages();
        builder.Services.AddBackends();

        var app = builder.Build();
        app.UseRequestLog();
        app.UseSecurityHeaders();
        app.UseBackendCounts();
        app.UseResponseCompression();
        app.UseErrorPages();
        app.UseSameOriginPosts();
        app.UseSessions();
        app.UseRateLimiter();
        app.UseRouting();
        app.MapHome();
        app.MapCatalog();
        app.MapCart();
        app.MapCheckout();
        app.MapConfirm();
        app.MapOrders();
        app.MapAssets();
        return app;
    }
}
