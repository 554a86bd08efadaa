namespace Shop.Asl.History;

/// <summary>Where an execution writes down what it does.</summary>
public interface IExecutionHistory
{
    /// <summary>Called in the order of ids, never by two threads at a time for one execution.</summary>
    void Append(HistoryEvent historyEvent);
}
