namespace Shop.Ui.Visits;

/// <summary>
/// The id of the order being placed, kept beside the form field for clients that post the steps without reading the forms,
/// and so that a shopper who starts the steps again after an unknown outcome can't order twice.
/// </summary>
internal static class OrderKey
{
    public const string Cookie = "ORDERID";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(2);

    public static Guid? Find(HttpRequest request) =>
        Guid.TryParseExact(request.Cookies[Cookie], "D", out var key) ? key : null;

    public static void Keep(HttpContext context, Guid key) =>
        context.Response.Cookies.Append(Cookie, key.ToString("D"), Options(context.Request, Lifetime));

    public static void Forget(HttpContext context) =>
        context.Response.Cookies.Delete(Cookie, Options(context.Request, null));

    private static CookieOptions Options(HttpRequest request, TimeSpan? lifetime) => new()
    {
        Path = "/checkout",
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = Sessions.IsSecure(request),
        MaxAge = lifetime,
        IsEssential = true,
    };
}
