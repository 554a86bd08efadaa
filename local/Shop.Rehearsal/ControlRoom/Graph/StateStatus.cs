namespace Shop.Rehearsal.ControlRoom.Graph;

internal enum StateStatus
{
    Waiting,
    Running,
    Retrying,
    Succeeded,
    Caught,
    Failed,
    Aborted,
}

internal static class StateStatusText
{
    /// <summary>As attributes, styles and scripts know it.</summary>
    public static string Code(this StateStatus status) => status.ToString().ToLowerInvariant();

    public static string Words(this StateStatus status) => status switch
    {
        StateStatus.Waiting => "not reached",
        StateStatus.Running => "running",
        StateStatus.Retrying => "running again after a failed attempt",
        StateStatus.Succeeded => "succeeded",
        StateStatus.Caught => "failed, and the failure was handled",
        StateStatus.Failed => "failed",
        StateStatus.Aborted => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status of a state."),
    };
}
