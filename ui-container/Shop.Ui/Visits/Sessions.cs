using System.Security.Cryptography;

namespace Shop.Ui.Visits;

/// <summary>One <c>SESSIONID</c> per visitor: 128 random bits, or a UUID that the client brought.</summary>
internal static class Sessions
{
    public const string Cookie = "SESSIONID";

    public static void UseSessions(this WebApplication app) => app.Use((context, next) =>
    {
        var path = context.Request.Path;
        if (!path.StartsWithSegments("/assets") && !path.StartsWithSegments("/health"))
        {
            Recognize(context);
        }

        return next(context);
    });

    public static bool IsValid(string? value) =>
        Guid.TryParseExact(value, "D", out _) || (value?.Length == 32 && value.All(char.IsAsciiHexDigitLower));

    /// <summary>The load balancer ends TLS. Believing its header can only make a cookie stricter.</summary>
    public static bool IsSecure(HttpRequest request) =>
        request.IsHttps || request.Headers["X-Forwarded-Proto"].ToString().Equals("https", StringComparison.OrdinalIgnoreCase);

    private static void Recognize(HttpContext context)
    {
        var visit = context.RequestServices.GetRequiredService<Visit>();
        if (context.Request.Cookies[Cookie] is { } known && IsValid(known))
        {
            visit.SessionId = known;
            return;
        }

        visit.SessionId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        visit.IsNew = true;
        context.Response.Cookies.Append(Cookie, visit.SessionId, new CookieOptions
        {
            Path = "/",
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = IsSecure(context.Request),
            IsEssential = true,
        });
    }
}
