using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Shop.Rehearsal.Drill;

/// <summary>One visitor of the store who browses, fills a cart and buys, through the front door and the store's forms, without a browser.</summary>
internal sealed partial class Shopper : IDisposable
{
    // Words that stand nowhere else: a scenario looks for them where personal data must not be.
    public const string FirstName = "Drusilla";
    public const string LastName = "Shopworth";
    public const string MailDomain = "drill.invalid";
    public const string Address = "17 Rehearsal Road";
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);
    private readonly HttpClient _http;
    private readonly CookieContainer _cookies = new();
    private readonly Uri _store;
    private readonly Ledger _ledger;
    private readonly OrderGate _gate;
    private readonly Random _random;
    private readonly TimeProvider _time;
    private readonly string _name = $"drill-{Guid.CreateVersion7():N}";

    public Shopper(Uri store, Ledger ledger, OrderGate gate, Random random, TimeProvider time)
    {
        _store = store;
        _ledger = ledger;
        _gate = gate;
        _random = random;
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies, ConnectTimeout = TimeSpan.FromSeconds(2) })
        {
            BaseAddress = store,
            Timeout = TimeSpan.FromSeconds(12),
        };
    }

    /// <summary>Browses a little and buys once. Starts the checkout again when the store has moved meanwhile; gives up only when cancelled.</summary>
    public async Task BuyAsync(bool browse, CancellationToken cancellationToken)
    {
        var product = await UntilItWorksAsync(() => ChooseAsync(browse, cancellationToken), cancellationToken);
        LedgerEntry? entry = null;
        while (entry?.AcknowledgedAt is null)
        {
            var key = await UntilItWorksAsync(() => PrepareAsync(product, cancellationToken), cancellationToken);
            entry = await ConfirmAsync(key, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> ChooseAsync(bool browse, CancellationToken cancellationToken)
    {
        if (browse)
        {
            await PageAsync("/home", cancellationToken);
        }

        var page = await PageAsync($"/catalog?page={_random.Next(1, 4)}&size=9", cancellationToken);
        var products = page is null ? [] : ProductLink().Matches(page).Select(m => m.Groups[1].Value).Distinct().ToArray();
        if (products.Length == 0)
        {
            return null;
        }

        var product = products[_random.Next(products.Length)];
        return browse && await PageAsync($"/catalog/{product}", cancellationToken) is null ? null : product;
    }

    /// <summary>Cart and checkout up to the review page. Answers the order's key, which that page carries.</summary>
    private async Task<string?> PrepareAsync(string product, CancellationToken cancellationToken)
    {
        // A cart that was filled just before its Region was lost may be empty in the other one.
        if (await PageAsync("/cart", cancellationToken) is not { } cart
            || (!cart.Contains("cart-item", StringComparison.Ordinal)
                && await PostAsync("/cart", cancellationToken, ("productId", product), ("quantity", _random.Next(1, 4).ToString(CultureInfo.InvariantCulture))) is null)
            || await PostAsync("/checkout", cancellationToken,
                ("firstName", FirstName), ("lastName", LastName), ("email", $"{_name}@{MailDomain}"), ("address1", Address), ("address2", ""),
                ("city", "Springfield"), ("state", "WA"), ("zip", "98101")) is null
            || await PostAsync("/checkout/delivery", cancellationToken, ("token", "priority-mail")) is null)
        {
            return null;
        }

        var review = await PostAsync("/checkout/payment", cancellationToken);
        return review is not null && OrderKey().Match(review) is { Success: true } key ? key.Groups[1].Value : null;
    }

    private async Task<LedgerEntry?> ConfirmAsync(string key, CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(cancellationToken);
        var entry = _ledger.Attempt(Guid.Parse(key), _name);
        try
        {
            while (true)
            {
                using var answer = await SendAsync(HttpMethod.Post, "/checkout/confirm", cancellationToken, ("orderId", key));
                if (answer is { StatusCode: HttpStatusCode.SeeOther } && answer.Headers.Location?.OriginalString.Contains($"/orders/{key}", StringComparison.Ordinal) is true)
                {
                    _ledger.Acknowledge(entry, answer.Headers.TryGetValues("X-Region", out var region) ? region.First() : "");
                    return entry;
                }

                if (answer is { StatusCode: < HttpStatusCode.InternalServerError })
                {
                    // The checkout is gone: it lived in the Region that was lost. The cart is kept, the steps start again.
                    return entry;
                }

                _ledger.Fail();
                await Task.Delay(RetryPause, _time, cancellationToken);
            }
        }
        finally
        {
            _gate.Leave(entry.AcknowledgedAt is not null);
        }
    }

    private async Task<T> UntilItWorksAsync<T>(Func<Task<T?>> step, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            if (await step() is { } result)
            {
                return result;
            }

            _ledger.Fail();
            await Task.Delay(RetryPause, _time, cancellationToken);
        }
    }

    private async Task<string?> PageAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, cancellationToken);
        return answer is { StatusCode: HttpStatusCode.OK } ? await TextAsync(answer, cancellationToken) : null;
    }

    /// <summary>Posts a form and follows the redirect. Answers the page that a browser would show, null when there was none.</summary>
    private async Task<string?> PostAsync(string path, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, cancellationToken, fields);
        return answer switch
        {
            { StatusCode: HttpStatusCode.SeeOther, Headers.Location: { } location } =>
                await PageAsync(new Uri(new Uri(_store, path), location).PathAndQuery, cancellationToken),
            { IsSuccessStatusCode: true } => await TextAsync(answer, cancellationToken),
            _ => null,
        };
    }

    private async Task<HttpResponseMessage?> SendAsync(
        HttpMethod method, string path, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        }

        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<string?> TextAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }

    [GeneratedRegex("""href="/catalog/([0-9A-Za-z-]{6,})["?]""")]
    private static partial Regex ProductLink();

    [GeneratedRegex("""name="orderId"[^>]*value="([0-9a-f-]{36})""")]
    private static partial Regex OrderKey();
}
