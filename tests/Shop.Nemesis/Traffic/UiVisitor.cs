using System.Net;
using System.Text.RegularExpressions;
using Shop.Nemesis.History;

namespace Shop.Nemesis.Traffic;

/// <summary>A customer with a browser's cookies, who comes in by the front door and posts the store's forms.</summary>
internal sealed partial class UiVisitor : IDisposable
{
    private static readonly (string, string)[] Details =
    [
        ("firstName", "Nemo"), ("lastName", "Nemesis"), ("email", "nemo@nemesis.invalid"), ("address1", "20 Deep Lane"), ("city", "Springfield"), ("state", "WA"), ("zip", "98101"),
    ];

    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private readonly OperationLog _log;

    public UiVisitor(Uri store, OperationLog log)
    {
        _log = log;
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = store, Timeout = TimeSpan.FromSeconds(20) };
    }

    public string Customer => _cookies.GetAllCookies()["SESSIONID"]?.Value ?? "";

    public Guid? Key { get; private set; }

    public bool IsAcknowledged { get; private set; }

    public Task<(int Status, string Body, string Location)> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, [], cancellationToken);

    public Task<(int Status, string Body, string Location)> PostAsync(string path, CancellationToken cancellationToken, params (string, string)[] fields) =>
        SendAsync(HttpMethod.Post, path, fields, cancellationToken);

    /// <summary>Fills the cart and does the steps. Null when one of them could not be done now.</summary>
    public async Task<Guid?> ReachReviewAsync(CancellationToken cancellationToken)
    {
        var catalog = await GetAsync("/catalog?order=price_asc", cancellationToken);
        if (ProductLink().Match(catalog.Body) is not { Success: true } product)
        {
            return null;
        }

        await PostAsync("/cart", cancellationToken, ("productId", product.Groups[1].Value), ("quantity", "2"));
        return await StepsAsync(cancellationToken);
    }

    public async Task<Guid?> StepsAsync(CancellationToken cancellationToken)
    {
        await PostAsync("/checkout", cancellationToken, Details);
        await PostAsync("/checkout/delivery", cancellationToken, ("token", "priority-mail"));
        await PostAsync("/checkout/payment", cancellationToken);
        var review = await GetAsync("/checkout/review", cancellationToken);
        return Key = OrderKey().Match(review.Body) is { Success: true } key ? Guid.Parse(key.Groups[1].Value) : null;
    }

    /// <summary>Presses "Place the order" once.</summary>
    public async Task<(int Status, string Body, string Location)> ConfirmAsync(Guid key, CancellationToken cancellationToken)
    {
        var process = _log.NewProcess();
        _log.Add(process, OperationType.Invoke, "submit", o => o with { Key = key, Note = "by a browser" });
        var shown = await PostAsync("/checkout/confirm", cancellationToken, ("orderId", key.ToString("D")));
        var isPlaced = shown.Status == 303 && shown.Location.Contains($"/orders/{key:D}", StringComparison.Ordinal);
        IsAcknowledged |= isPlaced;
        _log.Add(process, isPlaced ? OperationType.Ok : OperationType.Info, "submit", o => o with { Key = key, OrderId = isPlaced ? key : null, Note = $"{shown.Status} {shown.Location}" });
        return shown;
    }

    /// <summary>Buys with patience: repeats what fails, does the steps again when it is asked to.</summary>
    public async Task<bool> BuyAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var until = TimeProvider.System.GetUtcNow() + patience;
        var key = Key;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            key ??= await ReachReviewAsync(cancellationToken);
            if (key is { } known)
            {
                var shown = await ConfirmAsync(known, cancellationToken);
                if (IsAcknowledged)
                {
                    return true;
                }

                if (shown is { Status: 303, Location: var where } && where.StartsWith("/checkout", StringComparison.Ordinal))
                {
                    await StepsAsync(cancellationToken);
                }
                else if (shown is { Status: 303, Location: var cart } && cart.StartsWith("/cart", StringComparison.Ordinal))
                {
                    key = null;
                }
            }

            await Task.Delay(300, cancellationToken);
        }

        return false;
    }

    /// <summary>What the page of the bought order says: status and heading.</summary>
    public async Task<(int Status, string Heading)> OrderPageAsync(CancellationToken cancellationToken)
    {
        var (status, body, _) = await GetAsync($"/orders/{Key:D}", cancellationToken);
        return (status, Heading().Match(body).Groups[1].Value);
    }

    public void Dispose() => _http.Dispose();

    private async Task<(int Status, string Body, string Location)> SendAsync(HttpMethod method, string path, (string Name, string Value)[] fields, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        }

        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken), answer.Headers.Location?.OriginalString ?? "");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException && !cancellationToken.IsCancellationRequested)
        {
            return (0, "", "");
        }
    }

    [GeneratedRegex("""class="product-link" href="/catalog/([^"]+)""")]
    private static partial Regex ProductLink();

    [GeneratedRegex("""name="orderId"[^>]*value="([0-9a-f-]{36})""")]
    private static partial Regex OrderKey();

    [GeneratedRegex("<h1[^>]*>([^<]*)")]
    private static partial Regex Heading();
}
