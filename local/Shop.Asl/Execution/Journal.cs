using Shop.Asl.History;

namespace Shop.Asl.Execution;

/// <summary>Numbers and times the events of one execution.</summary>
internal sealed class Journal(ExecutionOptions options)
{
    private readonly Lock _lock = new();
    private long _lastId = options.LastEventId;

    /// <returns>The event's id, which the next event of the same branch refers to.</returns>
    public long Append(string frame, long previousId, HistoryEventType type, HistoryEventDetails? details)
    {
        lock (_lock)
        {
            if (_lastId >= options.MaxHistoryEvents)
            {
                throw StatesException.Runtime($"The execution reached the maximum number of history events ({options.MaxHistoryEvents}).");
            }

            return Add(frame, previousId, type, details);
        }
    }

    /// <summary>For the event that ends the execution, which always finds room.</summary>
    public long AppendLast(string frame, long previousId, HistoryEventType type, HistoryEventDetails? details)
    {
        lock (_lock)
        {
            return Add(frame, previousId, type, details);
        }
    }

    private long Add(string frame, long previousId, HistoryEventType type, HistoryEventDetails? details)
    {
        var id = ++_lastId;
        options.History?.Append(new HistoryEvent(id, previousId, options.Time.GetUtcNow(), type, details) { Frame = frame });
        return id;
    }
}
