namespace Shop.Asl;

/// <summary>The failure of a task, with the error name that Retry and Catch see.</summary>
public sealed class TaskFailureException(string error, string? cause = null) : Exception(cause is null ? error : $"{error}: {cause}")
{
    public string Error { get; } = error;

    public string? Cause { get; } = cause;

    /// <summary>Whether the call itself was refused, before anything ran (LambdaFunctionScheduleFailed, TaskStartFailed, TaskSubmitFailed).</summary>
    public bool BeforeStart { get; init; }
}
