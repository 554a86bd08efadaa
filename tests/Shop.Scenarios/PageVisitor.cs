using System.Net;
using System.Text.RegularExpressions;

namespace Shop.Scenarios;

/// <summary>A shopper with cookies, and patience, who comes in by the front door and posts the store's forms as a browser without scripts would.</summary>
internal sealed partial class PageVisitor : IDisposable
{
    private static readonly (string, string)[] Details =
    [
        ("firstName", "Mira"), ("lastName", "Midway"), ("email", "mira@example.com"), ("address1", "2 Meridian Street"), ("city", "Springfield"), ("state", "WA"), ("zip", "98101"),
    ];

    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;

    private PageVisitor(Uri store) =>
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = store, Timeout = TimeSpan.FromSeconds(20) };

    public string Customer => _cookies.GetAllCookies()["SESSIONID"]!.Value;

    /// <summary>Every page that this shopper was shown in place of what they asked for.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>A new shopper whom the front door happens to lead to this Region.</summary>
    public static async Task<PageVisitor> ServedByAsync(Uri store, string region, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 100; i++)
        {
            var visitor = new PageVisitor(store);
            if ((await visitor.GetAsync("/home", cancellationToken)).Region == region && (await visitor.GetAsync("/cart", cancellationToken)).Region == region)
            {
                return visitor;
            }

            visitor.Dispose();
        }

        throw new InvalidOperationException($"Of 100 shoppers none was led to {region}.");
    }

    public Task<Shown> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, [], cancellationToken);

    /// <summary>Fills the cart, then the steps. Answers the order's key on the review page.</summary>
    public async Task<string> ReachReviewAsync(CancellationToken cancellationToken)
    {
        var catalog = await GetAsync("/catalog?order=price_asc", cancellationToken);
        await PostAsync("/cart", cancellationToken, ("productId", ProductLink().Match(catalog.Body).Groups[1].Value), ("quantity", "2"));
        return await StepsAsync(cancellationToken) ?? throw new InvalidOperationException($"No review page: {string.Join("; ", Failures)}");
    }

    /// <summary>The checkout's steps. Null when one of them could not be done now.</summary>
    public async Task<string?> StepsAsync(CancellationToken cancellationToken)
    {
        await PostAsync("/checkout", cancellationToken, Details);
        await PostAsync("/checkout/delivery", cancellationToken, ("token", "priority-mail"));
        await PostAsync("/checkout/payment", cancellationToken);
        var review = await GetAsync("/checkout/review", cancellationToken);
        return OrderKey().Match(review.Body) is { Success: true } key ? key.Groups[1].Value : null;
    }

    public Task<Shown> ConfirmAsync(string key, CancellationToken cancellationToken) => PostAsync("/checkout/confirm", cancellationToken, ("orderId", key));

    public void Dispose() => _http.Dispose();

    private Task<Shown> PostAsync(string path, CancellationToken cancellationToken, params (string, string)[] fields) =>
        SendAsync(HttpMethod.Post, path, fields, cancellationToken);

    private async Task<Shown> SendAsync(HttpMethod method, string path, (string Name, string Value)[] fields, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        }

        using var answer = await _http.SendAsync(request, cancellationToken);
        var shown = new Shown(
            answer.StatusCode, answer.Headers.Location?.OriginalString ?? "", answer.Headers.TryGetValues("X-Region", out var region) ? region.First() : "",
            await answer.Content.ReadAsStringAsync(cancellationToken));
        if ((int)shown.Status >= 400)
        {
            Failures.Add($"{method} {path}: {(int)shown.Status} {Heading().Match(shown.Body).Groups[1].Value}");
            Assert.DoesNotContain("   at ", shown.Body, StringComparison.Ordinal);
        }

        return shown;
    }

    [GeneratedRegex("""class="product-link" href="/catalog/([^"]+)""")]
    private static partial Regex ProductLink();

    [GeneratedRegex("""name="orderId"[^>]*value="([0-9a-f-]{36})""")]
    private static partial Regex OrderKey();

    [GeneratedRegex("<h1>([^<]*)")]
    private static partial Regex Heading();
}

/// <summary>What a shopper saw, and which Region showed it; empty when none answered.</summary>
internal sealed record Shown(HttpStatusCode Status, string Location, string Region, string Body);
