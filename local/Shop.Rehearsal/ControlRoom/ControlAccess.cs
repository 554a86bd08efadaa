using System.Security.Cryptography;
using System.Text;

namespace Shop.Rehearsal.ControlRoom;

/// <summary>
/// Who may act. The page can be read by anyone on this machine; acting takes the token of this run, which <c>make up</c> prints as part of the address and
/// keeps in a file that only its owner can read.
/// </summary>
/// <remarks>
/// A browser that came by that address has the token in a cookie that scripts can't read. Cookies are shared by all ports of a host, the store's among
/// them, so a cookie alone is not enough: the request must also come from this very origin and carry the form key, which only this page knows.
/// The name of the host is checked too, so that a name that is made to point here later (DNS rebinding) reads nothing.
/// </remarks>
internal sealed class ControlAccess
{
    public const string TokenHeader = "X-Control-Token";
    public const string FormKeyHeader = "X-Form-Key";
    public const string OperatorHeader = "X-Operator";
    private const int TokenBytes = 24;

    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>What the page's forms send along: proof that the page itself was read.</summary>
    public string FormKey { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));

    public static bool IsOwnHost(HttpRequest request) => request.Host.Host is "127.0.0.1" or "localhost";

    /// <summary>Takes the token of the address into a cookie; the address bar and the history shall not keep it.</summary>
    public bool TryEnter(HttpContext context)
    {
        if (context.Request.Query["token"] is not [{ } token])
        {
            return false;
        }

        if (IsToken(token))
        {
            context.Response.Cookies.Append(CookieOf(context.Request), Token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
        }

        context.Response.Redirect("/");
        return true;
    }

    public bool MayAct(HttpRequest request) => request.Cookies[CookieOf(request)] is { } cookie && IsToken(cookie);

    /// <returns>Null when the command is let through, or what is wrong with it.</returns>
    public string? ReasonAgainst(HttpRequest request, string? formKey)
    {
        if (request.Headers.Origin is [{ } origin] && origin != $"http://{request.Host}")
        {
            return $"It came from a page of {origin}.";
        }

        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"))
        {
            return "It came from a page of another site.";
        }

        if (request.Headers[TokenHeader] is [{ } token])
        {
            return IsToken(token) ? null : "The token is not that of this run.";
        }

        return !MayAct(request) ? "Open the control room by the address that `make up` printed: it holds the token that lets you act."
            : !Same(formKey, FormKey) ? "The page is of an earlier run. Load it again."
            : null;
    }

    /// <summary>One name per port, so that two rehearsals on a machine don't take each other's away.</summary>
    private static string CookieOf(HttpRequest request) => $"control-{request.Host.Port ?? 80}";

    private bool IsToken(string? given) => Same(given, Token);

    private static bool Same(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
