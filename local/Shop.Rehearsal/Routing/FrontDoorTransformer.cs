using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Shop.Rehearsal.Routing;

/// <summary>Passes everything on as it is; adds who asked, as a load balancer does, and remembers the session that a Region gives out.</summary>
internal sealed class FrontDoorTransformer(FrontDoorSessions sessions, string region) : HttpTransformer
{
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var request = httpContext.Request;
        var client = httpContext.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        var before = request.Headers["X-Forwarded-For"].ToString();
        Set("X-Forwarded-For", before.Length > 0 ? $"{before}, {client}" : client);
        Set("X-Forwarded-Proto", request.Scheme);
        Set("X-Forwarded-Port", $"{request.Host.Port ?? 80}");

        // The store compares the Origin of a form with its own address, which is the one that the shopper typed.
        proxyRequest.Headers.Host = request.Host.Value;

        void Set(string name, string value)
        {
            proxyRequest.Headers.Remove(name);
            proxyRequest.Headers.TryAddWithoutValidation(name, value);
        }
    }

    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse?.Headers.TryGetValues(HeaderNames.SetCookie, out var cookies) == true
            && SetCookieHeaderValue.TryParseList([.. cookies], out var parsed)
            && parsed.FirstOrDefault(c => c.Name == FrontDoor.SessionCookie) is { } session)
        {
            sessions.Remember(session.Value.ToString(), region);
        }

        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
