namespace Shop.Rehearsal.StepFunctions;

public sealed record StepFunctionsOptions
{
    /// <summary>
    /// Where each execution is kept as JSON lines: <c>machine/execution.jsonl</c>. A new service on the same folder knows them again. Nowhere if not given.
    /// </summary>
    public string? HistoryFolder { get; init; }

    /// <summary>The quota of an account.</summary>
    public int MaxRunningExecutions { get; init; } = 1_000_000;
}
