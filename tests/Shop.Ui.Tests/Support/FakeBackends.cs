using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shop.Contracts;

namespace Shop.Ui.Tests.Support;

/// <summary>The four APIs behind the store, in memory, on a port of their own: the store under test talks real HTTP to them.</summary>
internal sealed class FakeBackends : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeBackends(WebApplication app) => _app = app;

    public ConcurrentDictionary<string, Product> Products { get; } = new(Seed.Products.ToDictionary(p => p.Id));

    public ConcurrentDictionary<string, ConcurrentDictionary<string, CartItem>> Carts { get; } = new();

    public ConcurrentDictionary<string, Checkout> Checkouts { get; } = new();

    public ConcurrentDictionary<Guid, Order> Orders { get; } = new();

    /// <summary>Every call as <c>METHOD path</c>, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public ConcurrentQueue<string> IdempotencyKeys { get; } = new();

    public ConcurrentQueue<string> Traces { get; } = new();

    public ConcurrentQueue<string> Correlations { get; } = new();

    /// <summary>Looks at a call before it is served; true when it has dealt with it.</summary>
    public Func<HttpContext, Task<bool>> Fault { get; set; } = _ => Task.FromResult(false);

    public string Region { get; set; } = "us-east-1";

    public string Url => _app.Urls.Single();

    public static async Task<FakeBackends> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var fake = new FakeBackends(app);
        app.Use(fake.WatchAsync);
        app.UseRouting();
        FakeCatalog.Map(app, fake);
        FakeCarts.Map(app, fake);
        FakeCheckout.Map(app, fake);
        FakeOrders.Map(app, fake);
        await app.StartAsync();
        return fake;
    }

    /// <summary>Every call, or those whose path starts so, answers 503 with <c>Retry-After</c>.</summary>
    public void GoDown(string path = "/") => Fault = context => Answer(context, 503, context.Request.Path.StartsWithSegments(path.TrimEnd('/')));

    public void ComeBack() => Fault = _ => Task.FromResult(false);

    public static Task<bool> Answer(HttpContext context, int status, bool when)
    {
        if (when)
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "2";
        }

        return Task.FromResult(when);
    }

    public int Count(string call) => Calls.Count(c => c.StartsWith(call, StringComparison.Ordinal));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        Calls.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{request.Method} {request.Path}{request.QueryString}"));
        if (request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key)
        {
            IdempotencyKeys.Enqueue(key);
        }

        if (request.Headers["X-Amzn-Trace-Id"].ToString() is { Length: > 0 } trace)
        {
            Traces.Enqueue(trace);
        }

        Correlations.Enqueue(request.Headers["X-Correlation-Id"].ToString());

        context.Response.Headers["X-Region"] = Region;
        if (!await Fault(context))
        {
            await next(context);
        }
    }
}
