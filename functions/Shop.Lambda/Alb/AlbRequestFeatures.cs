using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Shop.Lambda.Alb;

/// <summary>What ASP.NET Core asks of a request, answered from an event.</summary>
internal sealed class AlbRequestFeatures
    : IHttpRequestFeature, IHttpConnectionFeature, IHttpRequestIdentifierFeature, IHttpRequestLifetimeFeature, IHttpRequestBodyDetectionFeature, IDisposable
{
    private readonly CancellationToken _deadline;
    private CancellationTokenSource? _aborted;
    private CancellationToken? _replaced;

    public AlbRequestFeatures(AlbRequest request, string requestId, CancellationToken deadline)
    {
        _deadline = deadline;
        TraceIdentifier = requestId;
        ConnectionId = requestId;
        Method = request.Method;
        RawTarget = request.Path + request.QueryString;
        Path = Decode(request.Path.StartsWith('/') ? request.Path : "/" + request.Path);
        QueryString = request.QueryString;
        Headers = request.Headers;
        Body = new MemoryStream(request.Body, writable: false);
        CanHaveBody = request.Body.Length > 0;

        // Health checks carry neither host nor x-forwarded-*.
        if (Headers.Host.Count == 0)
            Headers.Host = "localhost";
        Scheme = Last("X-Forwarded-Proto") is "https" ? "https" : "http";
        // The last address is the one the load balancer itself saw; those before it are the client's word.
        RemoteIpAddress = IPAddress.TryParse(Last("X-Forwarded-For"), out var address) ? address : IPAddress.Loopback;
        if (ushort.TryParse(Last("X-Forwarded-Port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            LocalPort = port;
    }

    public string Protocol { get; set; } = "HTTP/1.1";

    public string Scheme { get; set; }

    public string Method { get; set; }

    public string PathBase { get; set; } = "";

    public string Path { get; set; }

    public string QueryString { get; set; }

    public string RawTarget { get; set; }

    public IHeaderDictionary Headers { get; set; }

    public Stream Body { get; set; }

    public bool CanHaveBody { get; }

    public string ConnectionId { get; set; }

    public IPAddress? RemoteIpAddress { get; set; }

    public IPAddress? LocalIpAddress { get; set; } = IPAddress.Loopback;

    public int RemotePort { get; set; }

    public int LocalPort { get; set; }

    public string TraceIdentifier { get; set; }

    /// <summary>Fires before the deadline, or when the application gives up. Many a request never asks for it.</summary>
    public CancellationToken RequestAborted
    {
        get => _replaced ?? Source.Token;
        set => _replaced = value;
    }

    public void Abort() => Source.Cancel();

    public void Dispose() => _aborted?.Dispose();

    private CancellationTokenSource Source => _aborted ??= CancellationTokenSource.CreateLinkedTokenSource(_deadline);

    // A zero byte is the one thing that does not decode; left encoded it is no valid id anywhere, and the service says so.
    private static string Decode(string path) =>
        path.Contains("%00", StringComparison.Ordinal) ? path : PathString.FromUriComponent(path).Value ?? "/";

    private string? Last(string header) => Headers[header].ToString().Split(',')[^1].Trim() is { Length: > 0 } value ? value : null;
}
