namespace Shop.Rehearsal.DynamoDb;

/// <summary>Changes that the other Region has not acknowledged, oldest first. It is kept however long the link is cut.</summary>
internal sealed class ReplicationQueue(TimeProvider time) : IDisposable
{
    private readonly Queue<(Change Change, long At)> _changes = [];
    private readonly SemaphoreSlim _filled = new(0);
    private readonly Lock _lock = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _changes.Count;
            }
        }
    }

    /// <summary>How long the oldest change has been waiting.</summary>
    public TimeSpan Age
    {
        get
        {
            lock (_lock)
            {
                return _changes.TryPeek(out var oldest) ? time.GetElapsedTime(oldest.At) : TimeSpan.Zero;
            }
        }
    }

    public void Add(Change change)
    {
        lock (_lock)
        {
            _changes.Enqueue((change, time.GetTimestamp()));
        }

        Wake();
    }

    public void Wake() => _filled.Release();

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _filled.WaitAsync(cancellationToken);
        while (_filled.Wait(0, cancellationToken))
        {
            // One wake-up is enough for everything that has come in.
        }
    }

    public void Dispose() => _filled.Dispose();

    public Change[] Peek(int most)
    {
        lock (_lock)
        {
            return [.. _changes.Take(most).Select(c => c.Change)];
        }
    }

    public void Remove(int count)
    {
        lock (_lock)
        {
            for (var i = 0; i < count; i++)
            {
                _changes.Dequeue();
            }
        }
    }
}
