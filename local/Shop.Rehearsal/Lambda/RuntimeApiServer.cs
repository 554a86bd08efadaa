using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Shop.Rehearsal.Lambda;

/// <summary>Lambda's Runtime API on 127.0.0.1. Workers are told apart by the first segment of the path.</summary>
public sealed class RuntimeApiServer : IAsyncDisposable
{
    /// <summary>Lambda's limit for a payload in either direction.</summary>
    public const int PayloadLimit = 6 * 1024 * 1024;

    private const string Prefix = "/{worker}/2018-06-01/runtime";
    private readonly ConcurrentDictionary<string, RuntimeApiMailbox> _mailboxes = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _server;

    private RuntimeApiServer(WebApplication server) => _server = server;

    public static async Task<RuntimeApiServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = PayloadLimit + 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var server = new RuntimeApiServer(app);
        app.MapGet(Prefix + "/invocation/next", server.NextAsync);
        app.MapPost(Prefix + "/invocation/{id}/response", context => server.CompleteAsync(context, isError: false));
        app.MapPost(Prefix + "/invocation/{id}/error", context => server.CompleteAsync(context, isError: true));
        app.MapPost(Prefix + "/init/error", server.FailInitAsync);
        await app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>A mailbox for a new worker.</summary>
    public RuntimeApiMailbox Open()
    {
        var id = Guid.CreateVersion7().ToString("N");
        return _mailboxes[id] = new RuntimeApiMailbox(id, $"{new Uri(_server.Urls.First()).Authority}/{id}");
    }

    public void Forget(RuntimeApiMailbox mailbox) => _mailboxes.TryRemove(mailbox.Id, out _);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task NextAsync(HttpContext context)
    {
        if (Find(context) is not { } mailbox)
        {
            await AnswerAsync(context, 403, "Forbidden", "There is no such worker.");
            return;
        }

        PendingInvocation invocation;
        using var poll = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            invocation = await mailbox.NextAsync(poll.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
        {
            context.Abort();
            return;
        }

        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = invocation.FunctionArn;
        if (invocation.TraceId is not null)
        {
            headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = invocation.Payload.Length;
        await context.Response.Body.WriteAsync(invocation.Payload, context.RequestAborted);
    }

    private async Task CompleteAsync(HttpContext context, bool isError)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var body = await ReadAsync(context);
        if (Find(context) is not { } mailbox)
        {
            await AnswerAsync(context, 403, "Forbidden", "There is no such worker.");
        }
        else if (body.Length > PayloadLimit)
        {
            mailbox.Complete(id, InvokeResult.Failed(
                "Function.ResponseSizeTooLarge", $"Response payload size exceeded maximum allowed payload size ({PayloadLimit} bytes)."));
            await AnswerAsync(context, 413, "RequestEntityTooLarge", "The payload is too large.");
        }
        else if (mailbox.Complete(id, new InvokeResult(body, isError ? "Unhandled" : null)))
        {
            await AnswerAsync(context, 202);
        }
        else
        {
            await AnswerAsync(context, 400, "InvalidRequestID", "Invalid request ID");
        }
    }

    private async Task FailInitAsync(HttpContext context)
    {
        var body = await ReadAsync(context);
        Find(context)?.FailInit(body);
        await AnswerAsync(context, 202);
    }

    private RuntimeApiMailbox? Find(HttpContext context) => _mailboxes.GetValueOrDefault((string)context.Request.RouteValues["worker"]!);

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }

    private static async Task AnswerAsync(HttpContext context, int status, string? errorType = null, string? message = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(
            errorType is null ? """{"status":"OK"}"""u8.ToArray() : FunctionErrorJson.Write(errorType, message!), context.RequestAborted);
    }
}
