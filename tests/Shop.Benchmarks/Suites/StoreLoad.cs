using System.Globalization;
using System.Net;
using System.Text;
using Shop.Benchmarks.Harness;

namespace Shop.Benchmarks.Suites;

/// <summary>Load balancer, Runtime API, function and store together, beside the bare driver that sends the same statements.</summary>
internal static class StoreLoad
{
    private const int Warmup = 100;

    public static async Task<IReadOnlyList<Measurement>> MeasureAsync(BenchStore store, BenchOptions options, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = store.LoadBalancer };
        var order = await OrderBodies.LoadAsync(http, cancellationToken);
        await using var bare = new BareDrivers(store, order);
        return
        [
            .. await CompareAsync("browse", BrowseAsync, bare.BrowseAsync),
            .. await CompareAsync("cart add", AddToCartAsync, bare.AddToCartAsync),
            .. await CompareAsync("order submit", SubmitOrderAsync, (_, token) => bare.SubmitOrderAsync(token)),
        ];

        async Task<IReadOnlyList<Measurement>> CompareAsync(string name, Func<int, CancellationToken, Task> ours, Func<int, CancellationToken, Task> bare)
        {
            await Clients.RunAsync(options.Concurrency, Warmup, (i, token) => ours(-i - 1, token), cancellationToken);
            await Clients.RunAsync(options.Concurrency, Warmup, (i, token) => bare(-i - 1, token), cancellationToken);
            Samples took = new(), bareTook = new(), rate = new(), bareRate = new();
            // In ten turns, so that both see the same weather.
            for (var turn = 0; turn < 10; turn++)
            {
                var first = turn * options.Requests / 10;
                var (samples, perSecond) = await Clients.RunAsync(options.Concurrency, options.Requests / 10, (i, token) => ours(first + i, token), cancellationToken);
                took.AddAll(samples.All);
                rate.Add(perSecond);
                (samples, perSecond) = await Clients.RunAsync(options.Concurrency, options.Requests / 10, (i, token) => bare(first + i, token), cancellationToken);
                bareTook.AddAll(samples.All);
                bareRate.Add(perSecond);
            }

            return
            [
                new Measurement($"{name}, {options.Concurrency} at a time", "ms", took, [("bare driver", bareTook)]),
                new Measurement($"{name}, {options.Concurrency} at a time", "per second", rate, [("bare driver", bareRate)]),
            ];
        }

        async Task BrowseAsync(int i, CancellationToken token)
        {
            using var answer = await http.GetAsync($"/catalogue?page={(Math.Abs(i) % 3) + 1}&size=10", token);
            await ExpectAsync(answer, HttpStatusCode.OK, token);
        }

        async Task AddToCartAsync(int i, CancellationToken token)
        {
            using var body = Json(string.Create(CultureInfo.InvariantCulture, $$"""{"itemId":"{{order.ProductId}}","quantity":1,"unitPrice":{{order.Price}}}"""));
            using var answer = await http.PostAsync($"/carts/load-{i}/items", body, token);
            await ExpectAsync(answer, HttpStatusCode.Created, token);
        }

        async Task SubmitOrderAsync(int i, CancellationToken token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = Json(order.For($"load-{i}")) };
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString("D"));
            using var answer = await http.SendAsync(request, token);
            await ExpectAsync(answer, HttpStatusCode.Created, token);
        }
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task ExpectAsync(HttpResponseMessage answer, HttpStatusCode status, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (answer.StatusCode != status)
        {
            throw new BenchException($"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath} answered {(int)answer.StatusCode}: {body}");
        }
    }
}
