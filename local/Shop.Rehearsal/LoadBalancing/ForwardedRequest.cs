using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Shop.Rehearsal.Lambda;

namespace Shop.Rehearsal.LoadBalancing;

/// <summary>What a load balancer makes of a client's request before it hands it on.</summary>
internal static class ForwardedRequest
{
    public const int BodyLimit = 1024 * 1024;
    public const string Trace = "x-amzn-trace-id";

    private static readonly string[] HopByHop = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"];

    /// <returns>Null when the body is too large.</returns>
    public static async Task<AlbRequest?> ReadAsync(HttpContext context, TimeProvider time)
    {
        if (await ReadBodyAsync(context) is not { } body)
        {
            return null;
        }

        // The target as it came: ASP.NET Core's Path is decoded already.
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2);
        return new AlbRequest(
            context.Request.Method, target[0], target.Length == 2 ? target[1] : "", Headers(context, time), body);
    }

    private static List<KeyValuePair<string, StringValues>> Headers(HttpContext context, TimeProvider time)
    {
        var headers = context.Request.Headers
            .Select(h => new KeyValuePair<string, StringValues>(h.Key.ToLowerInvariant(), h.Value))
            .Where(h => !HopByHop.Contains(h.Key) && !h.Key.StartsWith("x-forwarded-", StringComparison.Ordinal) && h.Key != Trace)
            .ToList();
        var client = context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1";
        var before = context.Request.Headers["X-Forwarded-For"].ToString();
        headers.Add(new("x-forwarded-for", before.Length == 0 ? client : $"{before}, {client}"));
        headers.Add(new("x-forwarded-port", context.Connection.LocalPort.ToString(CultureInfo.InvariantCulture)));
        headers.Add(new("x-forwarded-proto", context.Request.Scheme));
        headers.Add(new(Trace, TraceId.Continue(context.Request.Headers[Trace], time)));
        return headers;
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > BodyLimit)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > BodyLimit)
            {
                return null;
            }
        }

        return body.ToArray();
    }
}
