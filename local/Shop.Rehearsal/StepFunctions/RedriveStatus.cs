using Shop.Asl;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>Whether an execution can be redriven, and if not, why, in the service's words.</summary>
/// <remarks>
/// Not redrivable: RUNNING or SUCCEEDED; ended more than 14 days ago; started more than a year ago; 24,999 events or more, for ExecutionRedriven and
/// one event after it need room. https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html
/// </remarks>
internal static class RedriveStatus
{
    private const int MostEvents = 24_999;
    private static readonly TimeSpan Period = TimeSpan.FromDays(14);
    private static readonly TimeSpan LongestExecution = TimeSpan.FromDays(365);

    /// <returns>Null if it can be redriven.</returns>
    public static string? ReasonAgainst(Execution execution, DateTimeOffset now)
    {
        var outcome = execution.Outcome;
        return outcome switch
        {
            { Status: ExecutionStatus.Running or ExecutionStatus.Succeeded } => $"Execution is {ExecutionOutcome.Name(outcome.Status)} and cannot be redriven",
            _ when now - outcome.StopDate > Period => "Execution redrivable period exceeded",
            _ when now - execution.StartDate > LongestExecution => "Execution has exceeded the max execution time",
            _ when execution.EventCount >= MostEvents => "Execution history event limit exceeded",
            _ => null,
        };
    }
}
