using System.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yarp.ReverseProxy.Forwarder;

namespace Shop.Rehearsal.Routing;

/// <summary>
/// The address that shoppers type. It stands for their browser's DNS lookup: every request goes to the Region that the cached answer
/// names, dead or alive, and nothing is tried elsewhere.
/// </summary>
public sealed class FrontDoor : IAsyncDisposable
{
    internal const string SessionCookie = "SESSIONID";

    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client;
    private readonly FrontDoorSessions _sessions;
    private readonly Func<string, Uri?> _ui;
    private readonly ForwarderRequestConfig _request;
    private readonly IHttpForwarder _forwarder;
    private readonly TimeProvider _time;

    private FrontDoor(WebApplication app, FrontDoorOptions options, Route53Resolver resolver, Func<string, Uri?> ui, TimeProvider time)
    {
        _app = app;
        _ui = ui;
        _time = time;
        _sessions = new(resolver);
        _request = new() { ActivityTimeout = options.ActivityTimeout };
        _forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        _client = new(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = options.ConnectTimeout,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        });
    }

    /// <summary>Raised for each answer, on the thread that served it. Handlers must not block.</summary>
    public event Action<FrontDoorAnswer>? Answered;

    public Uri Address => new(_app.Urls.Single());

    /// <param name="ui">Where the UI of a Region listens now; null while it has none.</param>
    public static async Task<FrontDoor> StartAsync(
        FrontDoorOptions options, Route53Resolver resolver, Func<string, Uri?> ui, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(System.Net.IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        var door = new FrontDoor(app, options, resolver, ui, time);
        app.Run(door.ForwardAsync);
        await app.StartAsync(cancellationToken);
        return door;
    }

    public async ValueTask DisposeAsync()
    {
        // An open keep-alive connection of a shopper is no reason to wait.
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var started = _time.GetTimestamp();
        var region = _sessions.RegionOf(context.Request.Cookies[SessionCookie] ?? context.Connection.Id);
        if (_ui(region) is { } ui)
        {
            var error = await _forwarder.SendAsync(
                context, ui.GetLeftPart(UriPartial.Authority), _client, _request, new FrontDoorTransformer(_sessions, region), context.RequestAborted);
            if (error != ForwarderError.None && context.Response is { HasStarted: false, StatusCode: >= 500 })
            {
                await FrontDoorPage.WriteAsync(context, region, context.Response.StatusCode);
            }
        }
        else
        {
            await FrontDoorPage.WriteAsync(context, region, StatusCodes.Status503ServiceUnavailable);
        }

        Answered?.Invoke(new(region, context.Response.StatusCode, _time.GetElapsedTime(started), PlacesOrder(context)));
    }

    private static bool PlacesOrder(HttpContext context) =>
        context.Request.Path == "/checkout/confirm"
        && context.Response is { StatusCode: StatusCodes.Status303SeeOther } answer
        && answer.Headers.Location.ToString().Contains("/orders/", StringComparison.Ordinal);
}
