namespace Shop.Simulation.Time;

/// <summary>A clock and a thread in one: work runs in the order it was posted, and when there is none, time jumps to the next timer.</summary>
/// <remarks>Unlike the clock of Shop.Asl.Tests it goes on until nothing is left to do, for many executions share it, and it counts its steps.</remarks>
internal sealed class SimulatedTime : TimeProvider
{
    private readonly PriorityQueue<(SimulatedTimer Timer, int Version), (long Due, long Order)> _timers = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = new();
    private long _order;

    public static DateTimeOffset Start { get; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; private set; } = Start;

    public TimeSpan Elapsed => Now - Start;

    public long Steps { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Does something after a while.</summary>
    public void After(TimeSpan delay, Action action) => CreateTimer(static state => ((Action)state!)(), action, delay, Timeout.InfiniteTimeSpan);

    /// <summary>Runs until nothing is left to do.</summary>
    /// <returns>Whether that came about in <paramref name="maxSteps"/> steps.</returns>
    public bool Run(Action start, long maxSteps)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Context(_work));
        try
        {
            start();
            while (Step())
            {
                if (++Steps > maxSteps)
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private bool Step()
    {
        if (_work.TryDequeue(out var item))
        {
            item.Callback(item.State);
            return true;
        }

        while (_timers.TryDequeue(out var next, out var at))
        {
            // What nobody waits for any more does not move the clock.
            if (next.Timer.IsCurrent(next.Version))
            {
                Now = new DateTimeOffset(at.Due, TimeSpan.Zero);
                next.Timer.Fire();
                return true;
            }
        }

        return false;
    }

    private sealed class Context(Queue<(SendOrPostCallback Callback, object? State)> work) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => work.Enqueue((d, state));

        public override void Send(SendOrPostCallback d, object? state) => d(state);
    }

    private sealed class SimulatedTimer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private int _version;

        public bool IsCurrent(int version) => version == _version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _version++;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time._timers.Enqueue((this, _version), (time.Now.Ticks + dueTime.Ticks, time._order++));
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
