using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Shop.Rehearsal.Hosting;

namespace Shop.Rehearsal.ControlRoom;

/// <summary>Where a running rehearsal is watched and told what to do: a page for people, commands for tools.</summary>
internal sealed class ControlRoomServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly HostCommands _commands;

    private ControlRoomServer(WebApplication app, HostCommands commands)
    {
        _app = app;
        _commands = commands;
    }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<ControlRoomServer> StartAsync(RehearsalHost host, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var commands = new HostCommands(host);
        app.UseRouting();
        app.MapGet("/", context => ControlRoomPage.WriteAsync(context, host.Status(), host.Store));
        app.MapGet("/reports/{database}/{file}", context => ReportFile.WriteAsync(context, host));
        app.MapPost("/commands/{verb}", context => RunAsync(context, commands));
        app.UseEndpoints(_ => { });
        await app.StartAsync(cancellationToken);
        return new ControlRoomServer(app, commands);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _commands.Dispose();
    }

    private static async Task RunAsync(HttpContext context, HostCommands commands)
    {
        // A page of another origin must not be able to lose a Region: browsers always say where a post comes from.
        if (context.Request.Headers.Origin is [{ } origin] && origin != $"http://{context.Request.Host}")
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        try
        {
            var answer = await commands.RunAsync(
                (string)context.Request.RouteValues["verb"]!, context.Request.Query["argument"] is [{ } argument] ? argument : null, CancellationToken.None);
            if (context.Request.Query.ContainsKey("page"))
            {
                context.Response.Redirect("/");
                return;
            }

            await context.Response.WriteAsync(answer);
        }
        catch (CommandException e)
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            await context.Response.WriteAsync(e.Message);
        }
        catch (Exception e)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsync($"It failed: {e.Message}");
        }
    }
}
