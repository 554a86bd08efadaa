namespace Shop.Asl.Execution;

/// <summary>Ends the attempt of a state with an error that Retry and Catch may see.</summary>
internal sealed class StatesException(string error, string? cause) : Exception(cause is null ? error : $"{error}: {cause}")
{
    public string Error { get; } = error;

    public string? Cause { get; private set; } = cause;

    /// <summary>A second name that Retry and Catch may use for it.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether the interpreter itself found the error while it evaluated a field; such causes say which state it was.</summary>
    public bool IsEvaluation { get; init; }

    /// <summary>Id of the event that tells of the failure, the one before it for the events that follow.</summary>
    public long EventId { get; set; }

    private bool IsLocated { get; set; }

    public static StatesException Runtime(string cause) => new(ErrorNames.Runtime, cause) { IsEvaluation = true };

    public static StatesException Intrinsic(string call, string problem)
        => new(ErrorNames.IntrinsicFailure, $"The function '{call}' had the following error: {problem}") { IsEvaluation = true };

    public static StatesException TooLarge(string what)
        => new(ErrorNames.DataLimitExceeded, $"The state/task '{what}' returned a result with a size exceeding the maximum number of bytes service limit.");

    /// <summary>Says in the cause where the error came up, as the service does.</summary>
    public void Locate(string state, long enteredEventId)
    {
        if (IsEvaluation && !IsLocated)
        {
            IsLocated = true;
            Cause = $"An error occurred while executing the state '{state}' (entered at the event id #{enteredEventId}). {Cause}";
        }
    }
}
