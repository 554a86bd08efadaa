namespace Shop.Asl.Tests;

/// <summary>A clock and a thread in one: work runs in the order it was posted, and when there is none, time jumps to the next timer.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly PriorityQueue<(VirtualTimer Timer, int Version), (DateTimeOffset Due, long Order)> _timers = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = new();
    private long _order;

    public DateTimeOffset Start { get; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; private set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public TimeSpan Elapsed => Now - Start;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Does something after a while.</summary>
    public void After(TimeSpan delay, Action action) => CreateTimer(_ => action(), null, delay, Timeout.InfiniteTimeSpan);

    public T Run<T>(Func<Task<T>> start)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Context(_work));
        try
        {
            var task = start();
            while (!task.IsCompleted)
            {
                Step();
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private void Step()
    {
        if (_work.TryDequeue(out var item))
        {
            item.Callback(item.State);
            return;
        }

        if (!_timers.TryDequeue(out var next, out var at))
        {
            throw new InvalidOperationException("The execution waits for something that never comes");
        }

        if (next.Timer.IsCurrent(next.Version))
        {
            Now = at.Due;
            next.Timer.Fire();
        }
    }

    private sealed class Context(Queue<(SendOrPostCallback Callback, object? State)> work) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => work.Enqueue((d, state));

        public override void Send(SendOrPostCallback d, object? state) => d(state);
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private int _version;

        public bool IsCurrent(int version) => version == _version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _version++;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                // What the real timer can't count must not work here either.
                ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime.TotalMilliseconds, uint.MaxValue - 1);
                time._timers.Enqueue((this, _version), (time.Now + dueTime, time._order++));
            }

            return true;
        }

        public void Fire() => callback(state);

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
