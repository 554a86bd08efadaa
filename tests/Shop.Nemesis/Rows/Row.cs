namespace Shop.Nemesis.Rows;

/// <summary>The kinds of failure of AWS Resilience Hub's SEEMS.</summary>
internal enum Seems
{
    SinglePointOfFailure,
    ExcessiveLoad,
    ExcessiveLatency,
    Misconfiguration,
    SharedFate,
}

/// <summary>One row of the fault matrix.</summary>
/// <param name="Fault">What is broken.</param>
/// <param name="Expected">What must come of it.</param>
/// <param name="Invariants">Those that must be shown to hold, not merely not be broken.</param>
/// <param name="RunAsync">Null when it can't be injected here; then <paramref name="WhyNot"/> says why.</param>
internal sealed record Row(string Id, string Name, Seems Seems, string Fault, string Expected, string[] Invariants, Func<RowRun, Task>? RunAsync, string? WhyNot = null)
{
    /// <summary>In the short selection that every test run has.</summary>
    public bool IsSmoke { get; init; }

    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(5);
}
