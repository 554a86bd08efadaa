using System.Globalization;
using Shop.Asl.History;

namespace Shop.Asl.Execution;

/// <summary>Follows a history to the place where it breaks off.</summary>
internal sealed class HistoryReplay
{
    private readonly ReplayedFrame _root = new();

    public Checkpoint? ToCheckpoint() => _root.ToCheckpoint();

    public void Apply(HistoryEvent historyEvent)
    {
        var frame = Find(historyEvent.Frame);
        switch (historyEvent.Type, historyEvent.Details)
        {
            case (_, StateEnteredDetails entered):
                frame.Enter(entered.Name, entered.Input);
                break;
            case (_, StateExitedDetails exited):
                frame.Exit(exited);
                break;
            case (HistoryEventType.TaskScheduled or HistoryEventType.LambdaFunctionScheduled, _):
                frame.TaskResult = null;
                break;
            case (HistoryEventType.TaskSucceeded, TaskOutputDetails succeeded):
                frame.TaskResult = succeeded.Output;
                break;
            case (HistoryEventType.LambdaFunctionSucceeded, OutputDetails succeeded):
                frame.TaskResult = succeeded.Output;
                break;
            case (HistoryEventType.ParallelStateStarted or HistoryEventType.MapStateStarted, _):
                frame.BeginFork();
                break;
            case (HistoryEventType.ParallelStateFailed or HistoryEventType.MapStateFailed, _):
                frame.HasForkFailed = true;
                break;
            case (HistoryEventType.TaskStateAborted or HistoryEventType.ParallelStateAborted or HistoryEventType.MapStateAborted, _):
                frame.IsAborted = true;
                break;
            case (HistoryEventType.ExecutionFailed, _):
                _root.Fail();
                break;
            case (HistoryEventType.ExecutionRedriven, _):
                _root.Redrive();
                break;
        }
    }

    private ReplayedFrame Find(string path)
    {
        var frame = _root;
        foreach (var index in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            frame = frame.Branch(int.Parse(index, CultureInfo.InvariantCulture));
        }

        return frame;
    }
}
