namespace Shop.Rehearsal.DynamoDb;

/// <summary>A clock that never repeats itself and is never behind a stamp it has seen, so that a write made after reading another one wins over it.</summary>
internal sealed class HybridClock(string region, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _last;

    public Stamp Next()
    {
        lock (_lock)
        {
            var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            _last = Math.Max(now, _last + 1);
            return new Stamp(_last, region);
        }
    }

    public void Observe(Stamp stamp)
    {
        lock (_lock)
        {
            _last = Math.Max(_last, stamp.Microseconds);
        }
    }
}
