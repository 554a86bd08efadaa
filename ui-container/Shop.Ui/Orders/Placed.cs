namespace Shop.Ui.Orders;

/// <summary>
/// The orders that this browser was told are placed, newest first. After a failover that lost some, the browser may know an order that the
/// store does not: it is told that the order is being recovered, in place of "not found". Nothing else depends on this cookie.
/// </summary>
internal static class Placed
{
    public const string Cookie = "PLACED";
    private const int Most = 10;
    private const int Mark = 8;

    public static IReadOnlyList<Guid> Read(HttpRequest request, string session)
    {
        // Orders of another session are another visitor's, also in the same browser.
        var parts = (request.Cookies[Cookie] ?? "").Split('.');
        return session.Length >= Mark && parts[0] == session[..Mark] ? [.. parts.Skip(1).Select(Parse).OfType<Guid>().Take(Most)] : [];
    }

    public static void Remember(HttpContext context, string session, Guid order)
    {
        var ids = Read(context.Request, session).Where(id => id != order).Prepend(order).Take(Most);
        context.Response.Cookies.Append(Cookie, string.Join('.', ids.Select(id => id.ToString("N")).Prepend(session[..Mark])), new CookieOptions
        {
            // It is read where an order is confirmed, too: the list grows there.
            Path = "/",
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = Visits.Sessions.IsSecure(context.Request),
            IsEssential = true,
        });
    }

    private static Guid? Parse(string text) => Guid.TryParseExact(text, "N", out var id) ? id : null;
}
