namespace Shop.Rehearsal.Drill;

/// <summary>Shoppers who come one after the other, a bounded number at a time, until the traffic is stopped.</summary>
internal sealed class Traffic(Uri store, Ledger ledger, OrderGate gate, TimeProvider time, int seed) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _lanes = [];

    /// <summary>Pause between two shoppers of a lane; zero while many orders are wanted at once.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Whether shoppers look around before they buy.</summary>
    public bool Browse { get; set; } = true;

    public void Start(int lanes)
    {
        for (var lane = _lanes.Count; lane < lanes; lane++)
        {
            var random = new Random(seed + lane);
            _lanes.Add(Task.Run(() => RunLaneAsync(random)));
        }
    }

    /// <summary>Ends the traffic. A lane that failed for another reason than that throws here.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_lanes);
        _stop.Dispose();
    }

    private async Task RunLaneAsync(Random random)
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using var shopper = new Shopper(store, ledger, gate, random, time);
                await shopper.BuyAsync(Browse, _stop.Token);
                await Task.Delay(Pause, time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The drill is over.
        }
    }
}
