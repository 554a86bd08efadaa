using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Shop.Nemesis.Running;

namespace Shop.Nemesis.Soak;

/// <summary>Far more visitors at once than the store can serve: what they are answered, and how long until all is well again.</summary>
internal sealed record Burst(int Visitors, IReadOnlyDictionary<int, int> Statuses, int Unavailable, int WithRetryAfter, double SecondsToRecover)
{
    private const int Crowd = 300;

    public bool IsWell => WithRetryAfter == Unavailable && SecondsToRecover < 60;

    public static async Task<Burst> RunAsync(NemesisStore store, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = Crowd }) { Timeout = TimeSpan.FromSeconds(30) };
        var statuses = new ConcurrentDictionary<int, int>();
        var retryAfter = 0;
        await Task.WhenAll(Enumerable.Range(0, Crowd).Select(async i =>
        {
            var status = 0;
            try
            {
                using var answer = await http.GetAsync(new Uri(store.Host.Store, $"/catalog?page={1 + (i % 3)}&size={5 + (i % 7)}"), cancellationToken);
                status = (int)answer.StatusCode;
                if (status == 503 && answer.Headers.RetryAfter is not null)
                {
                    Interlocked.Increment(ref retryAfter);
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Counted as 0.
            }

            statuses.AddOrUpdate(status, 1, (_, n) => n + 1);
        }));
        var clock = Stopwatch.StartNew();
        var good = 0;
        while (good < 5 && clock.Elapsed < TimeSpan.FromSeconds(90))
        {
            using var answer = await http.GetAsync(new Uri(store.Host.Store, "/catalog"), cancellationToken);
            good = answer.IsSuccessStatusCode ? good + 1 : 0;
            await Task.Delay(200, cancellationToken);
        }

        return new Burst(Crowd, statuses.OrderBy(s => s.Key).ToDictionary(), statuses.GetValueOrDefault(503), retryAfter, clock.Elapsed.TotalSeconds);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Visitors} visitors at once: {string.Join(", ", Statuses.Select(s => $"{s.Value} x {s.Key}"))}; {WithRetryAfter} of {Unavailable} refusals say when to come again; well again after {SecondsToRecover:0.0} s");
}
