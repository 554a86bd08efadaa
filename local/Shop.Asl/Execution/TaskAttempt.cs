namespace Shop.Asl.Execution;

/// <summary>The time limits of one attempt of a task, on top of the end of its branch.</summary>
internal sealed class TaskAttempt : IDisposable
{
    private readonly CancellationTokenSource? _cancellation;
    private readonly Deadline? _timeout;
    private readonly Deadline? _heartbeat;

    public TaskAttempt(Frame frame, TimeSpan? timeout, TimeSpan? heartbeat)
    {
        Token = frame.Cancellation;
        if (timeout is null && heartbeat is null)
        {
            return;
        }

        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(frame.Cancellation);
        Token = _cancellation.Token;
        _timeout = timeout is { } total ? new Deadline(frame.Run.Time, total, _cancellation) : null;
        _heartbeat = heartbeat is { } pause ? new Deadline(frame.Run.Time, pause, _cancellation) : null;
    }

    public CancellationToken Token { get; }

    /// <summary>Whether the attempt was ended from outside, so that a cancellation isn't the invoker's own.</summary>
    public bool IsOver => Token.IsCancellationRequested;

    public bool MissedHeartbeat => _heartbeat is { HasPassed: true } && _timeout is not { HasPassed: true };

    /// <summary>Waits for a call that isn't done yet. Only now are there timers: most calls of a test or simulation are answered at once.</summary>
    /// <returns>A task that is completed. An invoker that doesn't listen to its token must not hold the execution.</returns>
    public ValueTask<Task<T>> SettleAsync<T>(Task<T> call)
    {
        if (!call.IsCompleted)
        {
            _timeout?.Start();
            _heartbeat?.Start();
        }

        return call.SettleAsync(Token);
    }

    public void Beat() => _heartbeat?.Restart();

    public void Dispose()
    {
        _timeout?.Dispose();
        _heartbeat?.Dispose();
        _cancellation?.Dispose();
    }
}
