using Shop.Asl;
using Shop.Asl.History;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.ControlRoom.Graph;

/// <summary>What an execution's history says of each state, and which ways it took.</summary>
internal sealed class ExecutionTrace
{
    private readonly Dictionary<string, StateVisit> _open = [];
    private readonly List<StateVisit> _visits = [];
    private readonly HashSet<(string From, string To)> _ways = [];

    private ExecutionTrace()
    {
    }

    /// <summary>In the order in which they were entered.</summary>
    public IReadOnlyList<StateVisit> Visits => _visits;

    public IReadOnlySet<(string From, string To)> Ways => _ways;

    public static ExecutionTrace Of(Execution execution)
    {
        var trace = new ExecutionTrace();
        foreach (var item in execution.Events)
        {
            trace.Read(item);
        }

        if (execution.Status != ExecutionStatus.Running)
        {
            trace.End(execution.Status == ExecutionStatus.Aborted ? StateStatus.Aborted : StateStatus.Failed);
        }

        return trace;
    }

    /// <summary>Of several visits, for example of a Map's items: what is wrong or under way is told first.</summary>
    public StateStatus StatusOf(string state)
    {
        var visits = _visits.Where(v => v.Name == state).GroupBy(v => v.Frame).Select(g => g.Last().Status).ToList();
        StateStatus[] order = [StateStatus.Failed, StateStatus.Retrying, StateStatus.Running, StateStatus.Aborted, StateStatus.Caught, StateStatus.Succeeded];
        return order.Where(visits.Contains).DefaultIfEmpty(StateStatus.Waiting).First();
    }

    public StateVisit? LastVisitOf(string state) => _visits.LastOrDefault(v => v.Name == state);

    private void Read(HistoryEvent item)
    {
        switch (item.Details)
        {
            case StateEnteredDetails entered:
                var visit = new StateVisit(entered.Name, TypeOf(item.Type, "StateEntered"), item.Frame, item.Id, item.Timestamp, entered.Input)
                {
                    Status = item.Type == HistoryEventType.FailStateEntered ? StateStatus.Failed : StateStatus.Running,
                };
                _visits.Add(visit);
                _open[item.Frame] = visit;
                break;
            case StateExitedDetails exited when _open.Remove(item.Frame, out var left):
                left.LeftAt = item.Timestamp;
                left.Output = exited.Output;
                left.Next = exited.Next;
                left.Status = left.LastAttemptFailed ? StateStatus.Caught : StateStatus.Succeeded;
                if (exited.Next is { } next)
                {
                    _ways.Add((exited.Name, next));
                }

                break;
            default:
                if (_open.TryGetValue(item.Frame, out var current))
                {
                    Attempt(current, item);
                }

                break;
        }
    }

    private static void Attempt(StateVisit visit, HistoryEvent item)
    {
        switch (item.Details)
        {
            case TaskScheduledDetails scheduled:
                Begin(visit);
                (visit.Parameters, visit.Resource) = (scheduled.Parameters, $"{scheduled.ResourceType}:{scheduled.Resource}");
                break;
            case LambdaFunctionScheduledDetails function:
                Begin(visit);
                (visit.Parameters, visit.Resource) = (function.Input, function.Resource);
                break;
            case TaskFailureDetails failure:
                Fail(visit, failure.Error ?? ErrorOf(item.Type), failure.Cause);
                break;
            case FailureDetails failure when item.Type is not (HistoryEventType.ExecutionFailed or HistoryEventType.ExecutionAborted or HistoryEventType.ExecutionTimedOut):
                Fail(visit, failure.Error ?? ErrorOf(item.Type), failure.Cause);
                break;
            default:
                if (item.Type is HistoryEventType.MapStateStarted or HistoryEventType.ParallelStateStarted)
                {
                    Begin(visit);
                }
                else if (item.Type is HistoryEventType.MapStateFailed or HistoryEventType.ParallelStateFailed)
                {
                    visit.LastAttemptFailed = true;
                }

                break;
        }
    }

    private static void Begin(StateVisit visit)
    {
        visit.Attempts++;
        visit.LastAttemptFailed = false;
        visit.Status = visit.Attempts > 1 ? StateStatus.Retrying : StateStatus.Running;
    }

    private static void Fail(StateVisit visit, string? error, string? cause)
    {
        (visit.LastAttemptFailed, visit.Error, visit.Cause) = (true, error, cause);
        visit.Status = StateStatus.Retrying;
    }

    /// <summary>Whatever is open when the execution has ended was ended with it.</summary>
    private void End(StateStatus status)
    {
        foreach (var visit in _open.Values.Where(v => v.Status is StateStatus.Running or StateStatus.Retrying))
        {
            visit.Status = status;
        }
    }

    private static string TypeOf(HistoryEventType type, string suffix) => type.ToString()[..^suffix.Length];

    private static string? ErrorOf(HistoryEventType type) =>
        type is HistoryEventType.TaskTimedOut or HistoryEventType.LambdaFunctionTimedOut ? "States.Timeout" : null;
}
