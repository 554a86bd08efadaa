using System.Collections.Concurrent;
using Shop.Rehearsal.Hosting;

namespace Shop.Nemesis.Traffic;

/// <summary>Buyers who come at a stated rate, whether the store keeps up or not, each with patience.</summary>
internal sealed class PacedTraffic(Buyer buyer, Catalog catalog, Random random) : IAsyncDisposable
{
    private const int MostAtOnce = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly ConcurrentDictionary<Task, bool> _buying = new();
    private readonly ConcurrentQueue<(DateTimeOffset At, TimeSpan Took)> _acknowledged = new();
    private Task _coming = Task.CompletedTask;
    private volatile bool _paused;
    private int _turnedAway;

    public IReadOnlyList<(DateTimeOffset At, TimeSpan Took)> Acknowledged => [.. _acknowledged];

    public int InFlight => _buying.Count;

    /// <summary>Buyers who were not sent, for as many were under way as a crowd may be.</summary>
    public int TurnedAway => _turnedAway;

    public double PerSecond { get; set; }

    public void Start(double perSecond)
    {
        PerSecond = perSecond;
        _coming = Task.Run(ComeAsync);
    }

    /// <summary>Nobody new comes; completes when those who came have their answers.</summary>
    public async Task PauseAsync(TimeSpan limit)
    {
        _paused = true;
        var until = TimeProvider.System.GetUtcNow() + limit;
        while (!_buying.IsEmpty && TimeProvider.System.GetUtcNow() < until)
        {
            await Task.Delay(50);
        }
    }

    public void Resume() => _paused = false;

    public double PerMinute(DateTimeOffset from, DateTimeOffset to) =>
        to <= from ? 0 : _acknowledged.Count(a => a.At >= from && a.At < to) / (to - from).TotalMinutes;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _coming;
        _giveUp.CancelAfter(TimeSpan.FromSeconds(30));
        await Task.WhenAll(_buying.Keys);
        _stop.Dispose();
        _giveUp.Dispose();
    }

    private async Task ComeAsync()
    {
        var next = TimeProvider.System.GetUtcNow();
        while (!_stop.IsCancellationRequested)
        {
            next += TimeSpan.FromSeconds(1 / PerSecond);
            var wait = next - TimeProvider.System.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else if (wait < TimeSpan.FromSeconds(-5))
            {
                next = TimeProvider.System.GetUtcNow();
            }

            if (_paused || _stop.IsCancellationRequested)
            {
                continue;
            }

            if (_buying.Count >= MostAtOnce)
            {
                Interlocked.Increment(ref _turnedAway);
                continue;
            }

            var intent = catalog.Draw(random);
            var task = Task.Run(() => BuyAsync(intent));
            _buying[task] = true;
            _ = task.ContinueWith(done => _buying.TryRemove(done, out _), TaskScheduler.Default);
        }
    }

    private async Task BuyAsync(Intent intent)
    {
        var start = TimeProvider.System.GetUtcNow();
        if (await buyer.SubmitAsync(intent, Patience, _giveUp.Token) is { IsOk: true })
        {
            var now = TimeProvider.System.GetUtcNow();
            _acknowledged.Enqueue((now, now - start));
        }
    }
}
