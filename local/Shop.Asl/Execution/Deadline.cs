namespace Shop.Asl.Execution;

/// <summary>Cancels something when a time has passed, which may be longer than a timer can count.</summary>
internal sealed class Deadline : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _duration;
    private readonly CancellationTokenSource _target;
    private readonly ITimer _timer;
    private DateTimeOffset _due;
    private bool _isDisposed;

    public Deadline(TimeProvider time, TimeSpan duration, CancellationTokenSource target)
    {
        _time = time;
        _duration = duration;
        _target = target;
        _due = time.GetUtcNow() + duration;
        _timer = time.CreateTimer(static state => ((Deadline)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Min(duration, LongestTimer), Timeout.InfiniteTimeSpan);
    }

    public bool HasPassed { get; private set; }

    /// <summary>Begins to count anew: a heartbeat.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            if (!_isDisposed && !HasPassed)
            {
                _due = _time.GetUtcNow() + _duration;
                _timer.Change(Min(_duration, LongestTimer), Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void Fire()
    {
        lock (_lock)
        {
            if (_isDisposed || HasPassed)
            {
                return;
            }

            var rest = _due - _time.GetUtcNow();
            if (rest > TimeSpan.Zero)
            {
                _timer.Change(Min(rest.WholeMilliseconds(), LongestTimer), Timeout.InfiniteTimeSpan);
                return;
            }

            HasPassed = true;
        }

        _target.Cancel();
    }
}
