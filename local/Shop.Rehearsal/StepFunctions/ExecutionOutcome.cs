using Shop.Asl;
using Shop.Asl.History;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>How an execution stands: one value, so that a reader never sees half of an end.</summary>
public sealed record ExecutionOutcome(ExecutionStatus Status, DateTimeOffset? StopDate, string? Output, string? Error, string? Cause)
{
    internal static readonly ExecutionOutcome Running = new(ExecutionStatus.Running, null, null, null, null);

    /// <summary>What the last event of a history says; null if it doesn't end the execution.</summary>
    internal static ExecutionOutcome? Of(HistoryEvent last) => (last.Type, last.Details) switch
    {
        (HistoryEventType.ExecutionSucceeded, OutputDetails details) => new(ExecutionStatus.Succeeded, last.Timestamp, details.Output.GetRawText(), null, null),
        (HistoryEventType.ExecutionFailed, FailureDetails details) => new(ExecutionStatus.Failed, last.Timestamp, null, details.Error, details.Cause),
        (HistoryEventType.ExecutionTimedOut, FailureDetails details) => new(ExecutionStatus.TimedOut, last.Timestamp, null, details.Error, details.Cause),
        (HistoryEventType.ExecutionAborted, FailureDetails details) => new(ExecutionStatus.Aborted, last.Timestamp, null, details.Error, details.Cause),
        _ => null,
    };

    /// <summary>The status by the service's name.</summary>
    public static string Name(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Running => "RUNNING",
        ExecutionStatus.Succeeded => "SUCCEEDED",
        ExecutionStatus.Failed => "FAILED",
        ExecutionStatus.TimedOut => "TIMED_OUT",
        ExecutionStatus.Aborted => "ABORTED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status of an execution."),
    };
}
