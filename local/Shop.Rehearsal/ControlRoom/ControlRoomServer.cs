using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Shop.Rehearsal.ControlRoom.Live;
using Shop.Rehearsal.ControlRoom.Page;
using Shop.Rehearsal.Hosting;

namespace Shop.Rehearsal.ControlRoom;

/// <summary>Where a running rehearsal is watched and told what to do: a page for people, commands for tools.</summary>
internal sealed class ControlRoomServer : IAsyncDisposable
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private readonly WebApplication _app;
    private readonly IRoom _room;
    private readonly CancellationTokenSource _stop = new();

    private ControlRoomServer(WebApplication app, IRoom room)
    {
        _app = app;
        _room = room;
    }

    public Uri Address => new(_app.Urls.Single());

    public ControlAccess Access { get; } = new();

    /// <summary>The address with the token that lets one act.</summary>
    public Uri Entrance => new(Address, $"?token={Access.Token}");

    public static Task<ControlRoomServer> StartAsync(RehearsalHost host, CancellationToken cancellationToken)
    {
        var room = new LiveRoom(host, TimeProvider.System);
        room.Watch();
        return StartAsync(room, cancellationToken);
    }

    /// <summary>The room is the server's from now on, and ends with it.</summary>
    public static async Task<ControlRoomServer> StartAsync(IRoom room, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var server = new ControlRoomServer(app, room);
        app.Use(server.GuardAsync);
        app.UseRouting();
        app.MapGet("/", server.PageAsync);
        app.MapGet("/events", server.EventsAsync);
        app.MapGet("/assets/{file}", RoomAssets.WriteAsync);
        app.MapGet("/reports/{report}/{file}", context => ReportFiles.WriteAsync(context, room));
        app.MapPost("/commands/{verb}", server.CommandAsync);
        app.UseEndpoints(_ => { });
        await app.StartAsync(cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // Open pages listen for as long as they are let.
        await _stop.CancelAsync();
        await _app.DisposeAsync();
        if (_room is IAsyncDisposable room)
        {
            await room.DisposeAsync();
        }

        _stop.Dispose();
    }

    private Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        // With no-referrer browsers post forms with the origin "null", which is refused; the token has left the address by then.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (ControlAccess.IsOwnHost(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return context.Response.WriteAsync("The control room is reached as 127.0.0.1 or localhost.");
    }

    private string? FormKeyFor(HttpRequest request) => Access.MayAct(request) ? Access.FormKey : null;

    private async Task PageAsync(HttpContext context)
    {
        if (Access.TryEnter(context))
        {
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var page = RoomPage.Render(_room.Look(), RoomQuery.Of(context.Request), FormKeyFor(context.Request)).Text;
        await RoomAssets.WriteAsync(context, System.Text.Encoding.UTF8.GetBytes(page));
    }

    private async Task EventsAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stop.Token);
        try
        {
            var stream = new EventStream(_room, RoomQuery.Of(context.Request), FormKeyFor(context.Request), TimeProvider.System);
            await stream.WriteAsync(context.Response, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page was closed, or the host stops.
        }
    }

    private async Task CommandAsync(HttpContext context)
    {
        var request = context.Request;
        var form = request.HasFormContentType ? await request.ReadFormAsync(_stop.Token) : null;
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (Access.ReasonAgainst(request, form?["key"]) is { } reason)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync($"Refused. {reason}");
            return;
        }

        var command = new CommandRequest(
            (string)request.RouteValues["verb"]!, Text(form?["argument"]) ?? Text(request.Query["argument"]),
            Text(form?["by"]) ?? Text(Uri.UnescapeDataString(request.Headers[ControlAccess.OperatorHeader].ToString())) ?? "operator",
            form is null ? "terminal" : "control room", Text(form?["reason"]));
        var (status, answer) = await RunAsync(command);
        // A form without scripts wants a page, not a line of text.
        if (status == StatusCodes.Status200OK && form is not null && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            context.Response.Redirect("/");
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            return;
        }

        context.Response.StatusCode = status;
        await context.Response.WriteAsync(answer);
    }

    private async Task<(int Status, string Answer)> RunAsync(CommandRequest command)
    {
        try
        {
            return (StatusCodes.Status200OK, await _room.RunAsync(command, CancellationToken.None));
        }
        catch (CommandException e)
        {
            return (StatusCodes.Status409Conflict, e.Message);
        }
        catch (Exception e)
        {
            return (StatusCodes.Status500InternalServerError, $"It failed: {e.Message}");
        }
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim() is { Length: > 200 } text ? text[..200] : value.Trim();
}
