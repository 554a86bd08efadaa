using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Shop.Benchmarks.Harness;

namespace Shop.Benchmarks.Suites;

/// <summary>The store's pages through the front door, as a shopper with a full cart, a checkout and an order gets them, and the back-end calls that each takes.</summary>
internal static partial class StorePages
{
    private const int Warmup = 50;

    public static async Task<IReadOnlyList<Measurement>> MeasureAsync(BenchStore store, BenchOptions options, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = store.FrontDoor };
        var shopper = new PageShopper(http);
        var (product, order) = await shopper.SettleInAsync(cancellationToken);
        (string Name, string Path)[] pages =
        [
            ("home", "/home"), ("catalog", "/catalog?page=2&size=12&order=price_asc"), ("search", "/catalog?search=watch"), ("product", $"/catalog/{product}"),
            ("cart", "/cart"), ("checkout", "/checkout"), ("delivery", "/checkout/delivery"), ("review", "/checkout/review"), ("order", order), ("orders", "/orders"),
        ];

        List<Measurement> measurements = [];
        foreach (var (name, path) in pages)
        {
            Samples calls = new();
            await Clients.RunAsync(options.Concurrency, Warmup, (_, token) => shopper.GetAsync(path, token), cancellationToken);
            var (took, _) = await Clients.RunAsync(options.Concurrency, options.Requests / 4, CountAsync, cancellationToken);
            measurements.Add(new Measurement($"page {name}, {options.Concurrency} at a time", "ms", took, []));
            measurements.Add(new Measurement($"page {name}", "back-end calls", calls, []));

            async Task CountAsync(int i, CancellationToken token)
            {
                var count = await shopper.GetAsync(path, token);
                lock (calls)
                {
                    calls.Add(count);
                }
            }
        }

        return measurements;
    }

    /// <summary>One visitor of the store's pages, by a cookie that it made up; no browser.</summary>
    private sealed partial class PageShopper(HttpClient http)
    {
        private readonly string _cookie = $"SESSIONID={Guid.CreateVersion7():D}";

        /// <summary>Places one order, then fills the cart and the checkout again.</summary>
        public async Task<(string Product, string Order)> SettleInAsync(CancellationToken cancellationToken)
        {
            using var catalog = await SendAsync(HttpMethod.Get, "/catalog", [], cancellationToken);
            var product = ProductLink().Match(await catalog.Content.ReadAsStringAsync(cancellationToken)).Groups[1].Value;
            await PrepareAsync(product, cancellationToken);
            using var confirmed = await SendAsync(HttpMethod.Post, "/checkout/confirm", [("orderId", $"{Guid.CreateVersion7():D}")], cancellationToken);
            var order = confirmed.Headers.Location?.OriginalString ?? throw new BenchException("The order of the page bench was not placed.");
            await PrepareAsync(product, cancellationToken);
            return (product, order);
        }

        /// <returns>The back-end calls that the page took.</returns>
        public async Task<int> GetAsync(string path, CancellationToken cancellationToken)
        {
            using var answer = await SendAsync(HttpMethod.Get, path, [], cancellationToken);
            await answer.Content.CopyToAsync(Stream.Null, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK && answer.Headers.TryGetValues("Server-Timing", out var timing) && Calls().Match(timing.First()) is { Success: true } calls
                ? int.Parse(calls.Groups[1].Value, CultureInfo.InvariantCulture)
                : throw new BenchException($"{path} answered {(int)answer.StatusCode}, not a page.");
        }

        private async Task PrepareAsync(string product, CancellationToken cancellationToken)
        {
            await PostAsync("/cart", ("productId", product), ("quantity", "2"));
            await PostAsync(
                "/checkout", ("firstName", "Bench"), ("lastName", "Shopper"), ("email", "bench@example.com"), ("address1", "1 Bench Road"), ("city", "Springfield"),
                ("state", "WA"), ("zip", "98101"));
            await PostAsync("/checkout/delivery", ("token", "priority-mail"));
            await PostAsync("/checkout/payment");

            async Task PostAsync(string path, params (string, string)[] fields)
            {
                using var answer = await SendAsync(HttpMethod.Post, path, fields, cancellationToken);
                if (answer.StatusCode != HttpStatusCode.SeeOther)
                {
                    throw new BenchException($"POST {path} answered {(int)answer.StatusCode}.");
                }
            }
        }

        private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, (string Name, string Value)[] fields, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("Cookie", _cookie);
            if (method == HttpMethod.Post)
            {
                request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
            }

            return await http.SendAsync(request, cancellationToken);
        }

        [GeneratedRegex("""class="product-link" href="/catalog/([^"]+)""")]
        private static partial Regex ProductLink();

        [GeneratedRegex("""backends;desc="(\d+)""")]
        private static partial Regex Calls();
    }
}
