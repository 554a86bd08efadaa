using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.History;

namespace Shop.Asl;

/// <summary>Runs state machines.</summary>
public static class Interpreter
{
    /// <summary>Runs to the end. What goes wrong inside is a status, not an exception; cancelling <paramref name="abort"/> ends it as Aborted.</summary>
    /// <remarks>
    /// Runs on the caller's thread until the first task or wait that isn't done at once, and goes on in the caller's synchronization context
    /// if there is one: a single-threaded context and a virtual clock make a run deterministic.
    /// </remarks>
    public static async Task<ExecutionResult> RunAsync(StateMachine machine, JsonElement input, ExecutionOptions options, CancellationToken abort)
    {
        var run = new Run(input.Clone(), options);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(abort);
        using var deadline = machine.Timeout is { } timeout ? new Deadline(options.Time, timeout, cancellation).Start() : null;
        var frame = Start(run, cancellation.Token);
        try
        {
            var output = await frame.RunAsync(machine.Block, run.Input, options.Resume);
            frame.End(HistoryEventType.ExecutionSucceeded, new OutputDetails(output));
            return new ExecutionResult(ExecutionStatus.Succeeded, output, null, null);
        }
        catch (StatesException failure)
        {
            var error = failure.Error.Length == 0 ? null : failure.Error;
            frame.End(HistoryEventType.ExecutionFailed, new FailureDetails(error, failure.Cause));
            return new ExecutionResult(ExecutionStatus.Failed, null, error, failure.Cause) { Checkpoint = frame.ToCheckpoint() };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Cancelled(frame, options, abort.IsCancellationRequested);
        }
    }

    private static Frame Start(Run run, CancellationToken cancellationToken)
    {
        var options = run.Options;
        if (options.RedriveCount == 0)
        {
            run.Journal.AppendLast("", 0, HistoryEventType.ExecutionStarted, new ExecutionStartedDetails(run.Input, options.RoleArn));
            // As recorded from the service: the first state does not refer to ExecutionStarted.
            return new Frame(run, "", null, null, previousEventId: 0, cancellationToken);
        }

        var redriven = run.Journal.AppendLast("", options.LastEventId, HistoryEventType.ExecutionRedriven, new ExecutionRedrivenDetails(options.RedriveCount));
        return new Frame(run, "", null, null, redriven, cancellationToken);
    }

    private static ExecutionResult Cancelled(Frame frame, ExecutionOptions options, bool isAborted)
    {
        if (isAborted)
        {
            var (error, cause) = options.AbortReason?.Invoke() ?? default;
            frame.EndFromOutside(HistoryEventType.ExecutionAborted, new FailureDetails(error, cause));
            return new ExecutionResult(ExecutionStatus.Aborted, null, error, cause) { Checkpoint = frame.ToCheckpoint() };
        }

        frame.End(HistoryEventType.ExecutionTimedOut, new FailureDetails(null, null));
        return new ExecutionResult(ExecutionStatus.TimedOut, null, null, null) { Checkpoint = frame.ToCheckpoint() };
    }
}
