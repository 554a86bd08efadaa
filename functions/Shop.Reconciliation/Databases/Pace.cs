using System.Diagnostics;

namespace Shop.Reconciliation.Databases;

/// <summary>How much one statement is given to do: as many ranges as this server answers in about half a second, and none while it is busy.</summary>
internal sealed class Pace(LoadGuard? guard = null)
{
    /// <summary>Statements have this many ranges or half, a quarter and so on of it: each size is prepared once.</summary>
    private const int Most = 64;

    private static readonly TimeSpan Aim = TimeSpan.FromSeconds(0.5);
    private double _rangesPerSecond;

    /// <summary>How many of the ranges that are left go into the next statement: a power of two.</summary>
    public int Next(int left)
    {
        // The first statement is a probe: nothing is known of this server yet.
        var allowed = _rangesPerSecond == 0 ? 2 : Math.Clamp((int)(_rangesPerSecond * Aim.TotalSeconds), 1, Most);
        var size = 1;
        while (size * 2 <= Math.Min(allowed, left))
        {
            size *= 2;
        }

        return size;
    }

    public async Task<T> TimeAsync<T>(int ranges, Func<Task<T>> statement, CancellationToken cancellationToken)
    {
        if (guard is not null)
        {
            await guard.WaitAsync(cancellationToken);
        }

        var started = Stopwatch.GetTimestamp();
        var result = await statement();
        var now = ranges / Math.Max(1e-6, Stopwatch.GetElapsedTime(started).TotalSeconds);
        // The newest statement counts as much as all before it: a server that slows down is given less at once.
        _rangesPerSecond = _rangesPerSecond == 0 ? now : (_rangesPerSecond + now) / 2;
        return result;
    }
}
