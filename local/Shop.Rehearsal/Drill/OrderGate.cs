namespace Shop.Rehearsal.Drill;

/// <summary>
/// Lets shoppers place orders, or not, or just so many. The drill closes it for the instant in which it cuts a link or kills a Region, so that it
/// knows exactly which orders were acknowledged on which side of that instant.
/// </summary>
internal sealed class OrderGate
{
    private readonly Lock _lock = new();
    private long _permits = long.MaxValue;
    private int _inFlight;
    private bool _closed;
    private TaskCompletionSource _changed = New();

    /// <summary>Waits for leave to place one order. Call <see cref="Leave"/> with what came of it.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_permits > 0)
                {
                    _permits -= _permits == long.MaxValue ? 0 : 1;
                    _inFlight++;
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>An order that was not acknowledged gives its permit back.</summary>
    public void Leave(bool acknowledged)
    {
        lock (_lock)
        {
            _inFlight--;
            if (!acknowledged && _permits is not long.MaxValue && !_closed)
            {
                _permits++;
            }

            Signal();
        }
    }

    public void Open(long permits = long.MaxValue)
    {
        lock (_lock)
        {
            _closed = false;
            _permits = permits;
            Signal();
        }
    }

    /// <summary>Lets no more orders in and waits until those on the way have an answer.</summary>
    public async Task CloseAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _closed = true;
            _permits = 0;
        }

        await UntilAsync(() => _inFlight == 0, patience, "orders on the way did not finish", cancellationToken);
    }

    /// <summary>Waits until every permit of <see cref="Open"/> has become an acknowledged order.</summary>
    public Task UsedUpAsync(TimeSpan patience, CancellationToken cancellationToken = default) =>
        UntilAsync(() => _permits == 0 && _inFlight == 0, patience, "the asked number of orders was not acknowledged", cancellationToken);

    private async Task UntilAsync(Func<bool> reached, TimeSpan patience, string complaint, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(patience);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (reached())
                {
                    return;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new DrillException($"After {patience.TotalSeconds:0} s {complaint} ({_inFlight} on the way, {_permits} still to place).");
            }
        }
    }

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
