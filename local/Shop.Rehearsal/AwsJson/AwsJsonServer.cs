using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.AwsJson;

/// <summary>A listener on 127.0.0.1 for one or more APIs. With the Region's power off, every connection is aborted.</summary>
public sealed class AwsJsonServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly RegionPower? _power;
    private readonly Dictionary<string, AwsJsonApi> _apis;
    private readonly Func<HttpContext, Task<bool>>? _before;
    private readonly ServiceFaults? _faults;
    private CancellationTokenSource _lost = new();
    private bool _disposed;

    private AwsJsonServer(WebApplication server, RegionPower? power, IEnumerable<AwsJsonApi> apis, Func<HttpContext, Task<bool>>? before, ServiceFaults? faults)
    {
        _faults = faults;
        _server = server;
        _power = power;
        _before = before;
        _apis = apis.ToDictionary(api => api.TargetPrefix, StringComparer.Ordinal);
    }

    public Uri Address => new(_server.Urls.First());

    /// <param name="before">Looks at a request before the API does; true means that it was dealt with.</param>
    /// <param name="faults">What is wrong with the services at this address.</param>
    public static async Task<AwsJsonServer> StartAsync(
        RegionPower? power, IEnumerable<AwsJsonApi> apis, Func<HttpContext, Task<bool>>? before = null,
        ServiceFaults? faults = null, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });

        var app = builder.Build();
        var server = new AwsJsonServer(app, power, apis, before, faults);
        app.Run(server.HandleAsync);
        power?.Changed += server.OnPowerChanged;
        await app.StartAsync(cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        _power?.Changed -= OnPowerChanged;
        await _lost.CancelAsync();
        await _server.DisposeAsync();
        _lost.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var aborted = _lost.Token.Register(context.Abort);
        if (_power is { IsOn: false })
        {
            context.Abort();
            return;
        }

        context.Response.Headers["x-amzn-RequestId"] = Guid.CreateVersion7().ToString();
        await (_faults is null ? AnswerAsync(context) : _faults.ApplyAsync(context, () => AnswerAsync(context)));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (_before is not null && await _before(context))
        {
            return;
        }

        var target = context.Request.Headers["X-Amz-Target"].ToString().Split('.', 2);
        if (target.Length != 2 || !_apis.TryGetValue(target[0], out var api))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "application/x-amz-json-1.0";
            await context.Response.WriteAsync("""{"__type":"UnknownOperationException"}""", context.RequestAborted);
            return;
        }

        await api.HandleAsync(context, target[1]);
    }

    private void OnPowerChanged(bool on)
    {
        if (on)
        {
            Interlocked.Exchange(ref _lost, new CancellationTokenSource()).Dispose();
        }
        else
        {
            _lost.Cancel();
        }
    }
}
