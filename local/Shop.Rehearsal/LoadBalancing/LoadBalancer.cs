using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Shop.Rehearsal.Lambda;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.LoadBalancing;

/// <summary>An application load balancer with functions as its targets. With the Region's power off it hangs up on everybody.</summary>
public sealed class LoadBalancer : IAsyncDisposable
{
    private static readonly string[] OwnHeaders = ["connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"];

    private readonly WebApplication _server;
    private readonly RegionPower _power;
    private readonly LambdaService _lambda;
    private readonly LoadBalancerOptions _options;
    private CancellationTokenSource _lost = new();

    private LoadBalancer(WebApplication server, RegionPower power, LambdaService lambda, LoadBalancerOptions options)
    {
        _server = server;
        _power = power;
        _lambda = lambda;
        _options = options;
        power.Changed += OnPowerChanged;
    }

    public Uri Address => new(_server.Urls.First());

    public static async Task<LoadBalancer> StartAsync(
        RegionPower power, LambdaService lambda, LoadBalancerOptions options, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var balancer = new LoadBalancer(app, power, lambda, options);
        app.Run(balancer.HandleAsync);
        await app.StartAsync(cancellationToken);
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        _power.Changed -= OnPowerChanged;
        await _lost.CancelAsync();
        await _server.DisposeAsync();
        _lost.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var lost = _lost.Token.Register(context.Abort);
        if (!_power.IsOn)
        {
            context.Abort();
            return;
        }

        try
        {
            await ForwardAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone, or the Region has.
        }
    }

    private async Task ForwardAsync(HttpContext context)
    {
        if (_options.Rules.FirstOrDefault(r => r.Matches(context.Request.Path.Value ?? "/")) is not { } rule)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable);
            return;
        }

        if (await ForwardedRequest.ReadAsync(context, _options.Time) is not { } request)
        {
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge);
            return;
        }

        var payload = AlbEvent.Write(request, TargetGroupArn(rule.FunctionName), _options.MultiValueHeaders);
        var trace = request.Headers.First(h => h.Key == ForwardedRequest.Trace).Value.ToString();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(_options.IdleTimeout);
        try
        {
            var result = await _lambda.InvokeAsync(rule.FunctionName, payload, trace, limit.Token);
            if (!_power.IsOn)
            {
                // The functions are told of the loss first: what their end looks like must not reach a client, nobody is there to send it.
                context.Abort();
            }
            else if (result.IsError)
            {
                await RefuseAsync(context, StatusCodes.Status502BadGateway);
            }
            else
            {
                await AnswerAsync(context, AlbAnswer.Read(result.Payload, _options.MultiValueHeaders));
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            await RefuseAsync(context, StatusCodes.Status504GatewayTimeout);
        }
        catch (LambdaServiceException) when (!_power.IsOn)
        {
            context.Abort();
        }
        catch (LambdaServiceException e)
        {
            await RefuseAsync(context, e.Status == 404 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status502BadGateway);
        }
        catch (FormatException)
        {
            context.Response.Clear();
            await RefuseAsync(context, StatusCodes.Status502BadGateway);
        }
    }

    private static async Task AnswerAsync(HttpContext context, AlbResponse answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = answer.Reason;
        foreach (var (name, values) in answer.Headers)
        {
            if (!OwnHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                Append(context.Response.Headers, name, values);
            }
        }

        if (answer.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified || HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static void Append(IHeaderDictionary headers, string name, StringValues values)
    {
        try
        {
            headers.Append(name, values);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException($"The header {name} can't be sent: {e.Message}", e);
        }
    }

    /// <summary>The load balancer's own errors are HTML, and close the connection when a body was left unread.</summary>
    private static Task RefuseAsync(HttpContext context, int status)
    {
        var title = $"{status} {ReasonPhrases.GetReasonPhrase(status)}";
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        context.Response.Headers.Server = "awselb/2.0";
        return context.Response.WriteAsync(
            $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n", context.RequestAborted);
    }

    private string TargetGroupArn(string function) =>
        $"arn:aws:elasticloadbalancing:{_power.Region}:{_options.Account}:targetgroup/{function}/0123456789abcdef";

    private void OnPowerChanged(bool on)
    {
        if (on)
        {
            _lost = new CancellationTokenSource();
        }
        else
        {
            _lost.Cancel();
        }
    }
}
