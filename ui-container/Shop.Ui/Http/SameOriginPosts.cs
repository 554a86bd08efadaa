namespace Shop.Ui.Http;

/// <summary>
/// Refuses forms posted from other sites. Browsers say where a post comes from, in <c>Sec-Fetch-Site</c> and <c>Origin</c>;
/// a client that sends neither is no browser, so it can't be tricked into sending someone's cookie.
/// </summary>
internal static class SameOriginPosts
{
    public static void UseSameOriginPosts(this WebApplication app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsOurs(request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    private static bool IsOurs(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        return site is "" or "same-origin" or "none"
            && (origin.Length == 0
                || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
                    && from.Authority.Equals(WithoutDefaultPort(request.Host, from), StringComparison.OrdinalIgnoreCase)));
    }

    private static string WithoutDefaultPort(HostString host, Uri from) =>
        from.IsDefaultPort && host.Port == from.Port ? host.Host : host.ToString();
}
