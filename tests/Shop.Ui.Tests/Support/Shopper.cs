using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Shop.Ui.Tests.Support;

/// <summary>A plain HTTP client that keeps cookies, posts forms and reads pages.</summary>
internal sealed class Shopper : IDisposable
{
    public static readonly Dictionary<string, string> Ann = new()
    {
        ["firstName"] = "Ann", ["lastName"] = "Example", ["email"] = "ann@example.com", ["address1"] = "100 Main Street", ["address2"] = "",
        ["city"] = "Seattle", ["state"] = "WA", ["zip"] = "98101",
    };

    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;

    public Shopper(Uri store, string? session)
    {
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = store };
        if (session is not null)
        {
            _cookies.Add(store, new Cookie("SESSIONID", session, "/"));
        }
    }

    public string? Session => _cookies.GetAllCookies()["SESSIONID"]?.Value;

    public string? OrderKey => _cookies.GetAllCookies()["ORDERID"]?.Value;

    public async Task<Reply> GetAsync(string path) => await Reply.ReadAsync(await _http.GetAsync(path));

    public async Task<Reply> PostAsync(string path, Dictionary<string, string>? fields = null, Dictionary<string, string>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields ?? []) };
        foreach (var (name, value) in headers ?? [])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Reply.ReadAsync(await _http.SendAsync(request));
    }

    public async Task<Reply> SendAsync(HttpRequestMessage request) => await Reply.ReadAsync(await _http.SendAsync(request));

    public Task<Reply> AddAsync(string product, int quantity = 1) =>
        PostAsync("/cart", new() { ["productId"] = product, ["quantity"] = $"{quantity}" });

    /// <summary>All steps up to the review page, which it answers.</summary>
    public async Task<Reply> ReachReviewAsync(string product = Seed.WoodWatch)
    {
        await AddAsync(product);
        await PostAsync("/checkout", Ann);
        await PostAsync("/checkout/delivery", new() { ["token"] = "priority-mail" });
        await PostAsync("/checkout/payment");
        return await GetAsync("/checkout/review");
    }

    public void Dispose() => _http.Dispose();
}

internal sealed record Reply(HttpStatusCode Status, string Body, HttpResponseMessage Message)
{
    private IHtmlDocument? _document;

    public string Location => Message.Headers.Location?.OriginalString ?? "";

    public IHtmlDocument Document => _document ??= new HtmlParser().ParseDocument(Body);

    public string? Text(string selector) => Document.QuerySelector(selector)?.TextContent.Trim();

    public string[] Texts(string selector) => [.. Document.QuerySelectorAll(selector).Select(e => e.TextContent.Trim())];

    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public string? Hidden(string name) => Document.QuerySelector($"input[name={name}]")?.GetAttribute("value");

    public static async Task<Reply> ReadAsync(HttpResponseMessage message) => new(message.StatusCode, await message.Content.ReadAsStringAsync(), message);
}
