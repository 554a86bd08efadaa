using Shop.Asl;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>How an execution stands: one value, so that a reader never sees half of an end.</summary>
public sealed record ExecutionOutcome(ExecutionStatus Status, DateTimeOffset? StopDate, string? Output, string? Error, string? Cause)
{
    internal static readonly ExecutionOutcome Running = new(ExecutionStatus.Running, null, null, null, null);

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
