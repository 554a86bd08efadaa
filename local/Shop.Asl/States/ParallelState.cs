using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.History;

namespace Shop.Asl.States;

/// <summary>Gives each branch the same input; the result is the array of their outputs.</summary>
internal sealed class ParallelState : ForkState
{
    public required IReadOnlyList<StateBlock> Branches { get; init; }

    public override HistoryEventType EnteredEvent => HistoryEventType.ParallelStateEntered;

    public override HistoryEventType? ExitedEvent => HistoryEventType.ParallelStateExited;

    public override HistoryEventType? AbortedEvent => HistoryEventType.ParallelStateAborted;

    protected override HistoryEventType SucceededEvent => HistoryEventType.ParallelStateSucceeded;

    protected override HistoryEventType FailedEvent => HistoryEventType.ParallelStateFailed;

    protected override ValueTask<Outcome> AttemptAsync(Frame frame, JsonElement input)
    {
        var parameters = EvaluateParameters(frame, input);
        frame.Append(HistoryEventType.ParallelStateStarted);
        return RunAsync(frame, Branches.Count, work =>
        {
            var branches = new Task[Branches.Count];
            for (var i = 0; i < branches.Length; i++)
            {
                branches[i] = RunBranchAsync(work, i, parameters);
            }

            return Task.WhenAll(branches);
        });
    }

    private async Task RunBranchAsync(Work work, int index, JsonElement input)
    {
        if (work.Fork.IsDone(index))
        {
            return;
        }

        var branch = work.Open(index, work.Frame.Context.Item, work.StartedEventId);
        try
        {
            var output = await branch.RunAsync(Branches[index], input, work.Fork.Pending(index));
            work.Complete(index, output, branch.LastEventId);
        }
        catch (StatesException failure)
        {
            work.Fail(failure, failure.EventId);
        }
        catch (OperationCanceledException) when (work.Token.IsCancellationRequested)
        {
            // The state says why: another branch failed, or the whole execution ended.
        }
    }
}
