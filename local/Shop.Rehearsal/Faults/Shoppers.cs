using Shop.Rehearsal.Drill;

namespace Shop.Rehearsal.Faults;

/// <summary>Shoppers who buy through the front door until they are sent home: without them there is nothing to see of a failover, and nothing to lose.</summary>
internal sealed class Shoppers(Uri store, TimeProvider time) : IAsyncDisposable
{
    public const int Most = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly OrderGate _gate = new();
    private Traffic? _traffic;

    public int Lanes { get; private set; }

    public Ledger Ledger { get; } = new(time);

    public async Task SendAsync(int lanes)
    {
        await _one.WaitAsync();
        try
        {
            if (_traffic is not null)
            {
                await _traffic.DisposeAsync();
                _traffic = null;
            }

            Lanes = lanes;
            if (lanes > 0)
            {
                _traffic = new Traffic(store, Ledger, _gate, time, seed: 1) { Pause = Pause };
                _traffic.Start(lanes);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await SendAsync(0);
        _one.Dispose();
    }
}
