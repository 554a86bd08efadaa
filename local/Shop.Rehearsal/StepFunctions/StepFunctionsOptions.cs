namespace Shop.Rehearsal.StepFunctions;

public sealed record StepFunctionsOptions
{
    /// <summary>Where the history of each execution is written as JSON lines: <c>machine/execution.jsonl</c>. Nowhere if not given.</summary>
    public string? HistoryFolder { get; init; }
}
