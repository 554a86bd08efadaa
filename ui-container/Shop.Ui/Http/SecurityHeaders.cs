using Shop.Ui.Visits;

namespace Shop.Ui.Http;

internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var region = app.Services.GetRequiredService<UiOptions>().Region;
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers["X-Region"] = region;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            // Not no-referrer: with it browsers post "Origin: null", which the same-origin check must refuse.
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
            headers.CacheControl = IsPrivate(context.Request.Path) ? "no-store" : "private, no-cache";
            if (Sessions.IsSecure(context.Request))
            {
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            }

            return next(context);
        });
    }

    private static bool IsPrivate(PathString path) =>
        path.StartsWithSegments("/checkout") || path.StartsWithSegments("/orders") || path.StartsWithSegments("/cart");
}
