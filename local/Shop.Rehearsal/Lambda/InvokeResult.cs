namespace Shop.Rehearsal.Lambda;

/// <summary>What a function answered. With <paramref name="FunctionError"/> set, the payload is the JSON of its error.</summary>
public sealed record InvokeResult(ReadOnlyMemory<byte> Payload, string? FunctionError = null, string ExecutedVersion = "$LATEST")
{
    public bool IsError => FunctionError is not null;

    /// <summary>An error that Lambda itself reports on behalf of a function that can't.</summary>
    internal static InvokeResult Failed(string errorType, string errorMessage) =>
        new(FunctionErrorJson.Write(errorType, errorMessage), "Unhandled");
}
