using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Shop.Asl.History;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>The live events of all executions of a Region, for any number of readers.</summary>
public sealed class ExecutionFeed
{
    // A reader that doesn't read loses the oldest events, instead of holding up executions.
    private const int Backlog = 10_000;
    private readonly Lock _lock = new();
    private Channel<ExecutionEvent>[] _readers = [];

    public async IAsyncEnumerable<ExecutionEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reader = Subscribe();
        try
        {
            await foreach (var item in reader.Reader.ReadAllAsync(cancellationToken))
            {
                yield return item;
            }
        }
        finally
        {
            Unsubscribe(reader);
        }
    }

    /// <summary>A subscription that has begun when this returns. Complete the writer to end it.</summary>
    public Channel<ExecutionEvent> Subscribe()
    {
        var reader = Channel.CreateBounded<ExecutionEvent>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_lock)
        {
            _readers = [.. _readers, reader];
        }

        return reader;
    }

    public void Unsubscribe(Channel<ExecutionEvent> reader)
    {
        lock (_lock)
        {
            _readers = [.. _readers.Where(other => other != reader)];
        }

        reader.Writer.TryComplete();
    }

    internal void Publish(string region, Execution execution, HistoryEvent historyEvent)
    {
        var readers = _readers;
        if (readers.Length == 0)
        {
            return;
        }

        var item = new ExecutionEvent(region, execution, historyEvent);
        foreach (var reader in readers)
        {
            reader.Writer.TryWrite(item);
        }
    }
}
