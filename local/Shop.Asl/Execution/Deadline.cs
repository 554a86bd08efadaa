namespace Shop.Asl.Execution;

/// <summary>Cancels something when a time has passed since it was made, which may be longer than a timer can count. Nothing happens before it is started.</summary>
internal sealed class Deadline : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _duration;
    private readonly CancellationTokenSource _target;
    private ITimer? _timer;
    private DateTimeOffset _due;
    private bool _isDisposed;

    public Deadline(TimeProvider time, TimeSpan duration, CancellationTokenSource target)
    {
        _time = time;
        _duration = duration;
        _target = target;
        _due = time.GetUtcNow() + duration;
    }

    public bool HasPassed { get; private set; }

    public Deadline Start()
    {
        lock (_lock)
        {
            if (_timer is null && !_isDisposed)
            {
                _timer = _time.CreateTimer(static state => ((Deadline)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                Arm();
            }
        }

        return this;
    }

    /// <summary>Begins to count anew: a heartbeat.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            if (!_isDisposed && !HasPassed)
            {
                _due = _time.GetUtcNow() + _duration;
                Arm();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        _timer?.Dispose();
    }

    private void Arm()
    {
        var rest = _due - _time.GetUtcNow();
        _timer?.Change(rest <= TimeSpan.Zero ? TimeSpan.Zero : rest < LongestTimer ? rest.WholeMilliseconds() : LongestTimer, Timeout.InfiniteTimeSpan);
    }

    private void Fire()
    {
        lock (_lock)
        {
            if (_isDisposed || HasPassed)
            {
                return;
            }

            if (_due > _time.GetUtcNow())
            {
                Arm();
                return;
            }

            HasPassed = true;
        }

        _target.Cancel();
    }
}
