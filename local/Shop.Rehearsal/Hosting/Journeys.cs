using Shop.Rehearsal.CloudWatch;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.Hosting;

/// <summary>
/// Who watches whom. Each Region walks a journey through the other one and through itself, and a third vantage point, in neither, walks the first
/// one too. The alarm on the other Region needs both observers and a healthy self: a broken watcher must not fail the store over.
/// </summary>
internal sealed class Journeys : IDisposable
{
    public const string PeerDownAlarm = "peer-region-down";
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), UseCookies = false, AllowAutoRedirect = false });

    public IReadOnlyList<Canary> Create(
        RehearsalOptions options, CloudWatchService cloudWatch, RegionPower power, Store own, Store peer, TimeProvider time)
    {
        Canary Watch(string name, Store target, Func<CancellationToken, Task> journey) =>
            new(new CanaryOptions(name, target.Region, options.CanaryInterval, TimeSpan.FromSeconds(5)), cloudWatch, power, journey, time);

        return
        [
            Watch("peer-from-here", peer, cancel => SellsAsync(peer, cancel)),
            Watch("peer-from-third", peer, cancel => SellsAsync(peer, cancel)),
            Watch("own-journey", own, cancel => ShowsAsync(own, cancel)),
        ];
    }

    public static IEnumerable<IAlarm> Alarms(RehearsalOptions options) =>
    [
        Failing("peer-from-here", options),
        Failing("peer-from-third", options),
        Failing("own-journey", options),
        new CompositeAlarm(PeerDownAlarm, AlarmRule.Parse("ALARM(\"peer-from-here\") AND ALARM(\"peer-from-third\") AND OK(\"own-journey\")"))
        {
            Description = "The other Region does not sell, seen from here and from a third place, while this Region is well.",
        },
    ];

    public void Dispose() => _http.Dispose();

    private static MetricAlarm Failing(string canary, RehearsalOptions options) =>
        new(canary, Canary.SuccessPercent(canary), Comparison.LessThanThreshold, 90)
        {
            Period = options.CanaryInterval,
            EvaluationPeriods = options.AlarmPeriods + 2,
            DatapointsToAlarm = options.AlarmPeriods,
            // A canary that is slow puts no data for a while; its time-out says failure soon enough.
            TreatMissingData = MissingData.Ignore,
        };

    /// <summary>What a Region needs to sell: a UI, and orders that can be written (their deep health touches the writer).</summary>
    private async Task SellsAsync(Store store, CancellationToken cancellationToken)
    {
        await MustAnswerAsync(new Uri(store.Ui, "health"), cancellationToken);
        await MustAnswerAsync(new Uri(store.LoadBalancer, "orders/health"), cancellationToken);
    }

    /// <summary>What a Region can show without the other one's writer, out of both of its databases.</summary>
    /// <remarks>A Region whose own orders database is down must not think that it could help: it fences the other one and sells nothing.</remarks>
    private async Task ShowsAsync(Store store, CancellationToken cancellationToken)
    {
        await MustAnswerAsync(new Uri(store.Ui, "health"), cancellationToken);
        await MustAnswerAsync(new Uri(store.LoadBalancer, "catalogue/health"), cancellationToken);
        await MustAnswerAsync(new Uri(store.LoadBalancer, "orders?customerId=synthetic&size=1"), cancellationToken);
    }

    private async Task MustAnswerAsync(Uri page, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(page, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{page.AbsolutePath} answered {(int)answer.StatusCode}.");
        }
    }
}

/// <summary>Where a Region's store is reached, past the front door.</summary>
internal sealed record Store(string Region, Uri Ui, Uri LoadBalancer);
