namespace Shop.Asl.Execution;

/// <summary>The error names that belong to the language.</summary>
internal static class ErrorNames
{
    public const string All = "States.ALL";
    public const string BranchFailed = "States.BranchFailed";
    public const string DataLimitExceeded = "States.DataLimitExceeded";
    public const string ExceedToleratedFailureThreshold = "States.ExceedToleratedFailureThreshold";
    public const string HeartbeatTimeout = "States.HeartbeatTimeout";
    public const string IntrinsicFailure = "States.IntrinsicFailure";
    public const string ItemReaderFailed = "States.ItemReaderFailed";
    public const string NoChoiceMatched = "States.NoChoiceMatched";
    public const string ParameterPathFailure = "States.ParameterPathFailure";
    public const string ResultPathMatchFailure = "States.ResultPathMatchFailure";
    public const string Runtime = "States.Runtime";
    public const string TaskFailed = "States.TaskFailed";
    public const string Timeout = "States.Timeout";

    /// <summary>Whether one of the entries of ErrorEquals matches an error.</summary>
    public static bool MatchesAny(string[] entries, StatesException failure)
    {
        foreach (var entry in entries)
        {
            if (Matches(entry, failure))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an entry of ErrorEquals matches an error.</summary>
    /// <remarks>
    /// States.Runtime always ends the execution. States.ALL and States.TaskFailed don't match States.DataLimitExceeded, and
    /// States.TaskFailed doesn't match States.Timeout. A missed heartbeat is reported as States.Timeout (recorded from the service) and
    /// matches both its names.
    /// </remarks>
    private static bool Matches(string entry, StatesException failure)
    {
        if (failure.Error == Runtime)
        {
            return false;
        }

        return entry switch
        {
            All => failure.Error != DataLimitExceeded,
            TaskFailed => failure.Error is not (DataLimitExceeded or Timeout),
            _ => entry == failure.Error || entry == failure.Alias,
        };
    }
}
