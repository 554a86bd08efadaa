namespace Shop.Failover.Records;

/// <summary>What a run knows at its end. Times are UTC; an empty text stands for what did not happen.</summary>
public sealed record RunFacts(
    string RunId,
    string Region,
    string Mode,
    RunTrigger Trigger,
    DateTimeOffset StartedAt,
    string DecidedAt,
    RunStep Fenced,
    IReadOnlyList<RunPromotion> Promotions,
    RunStep Routed,
    RunValidation Validation,
    DateTimeOffset At,
    bool MayLose = false);

/// <param name="Type">operator, alarm, …</param>
/// <param name="At">When the alarm rang; absent for a person.</param>
public sealed record RunTrigger(string Type, string? At = null);

public sealed record RunStep(bool Ok, string? At = null);

/// <param name="Status"><c>passed</c> or <c>failed</c>.</param>
/// <param name="At">When an order could be placed and read.</param>
public sealed record RunValidation(string Status, string? At = null);

public sealed record RunPromotion(
    string Database, string Status, bool Moved = false, string? RequestedAt = null, string? PromotedAt = null, RunLag? Lag = null, bool LossAllowed = false);

/// <param name="Milliseconds">-1 when it was not known.</param>
/// <param name="At">Of the newest data point.</param>
public sealed record RunLag(double Milliseconds, string? At = null);

/// <summary>The run in figures.</summary>
/// <param name="Timeline">What happened when, in order.</param>
/// <param name="RtoSeconds">From the start of the run until an order could be placed and read; null if none could.</param>
/// <param name="OutageSeconds">The same from the alarm on, when there was one.</param>
/// <param name="Rpo">Per database that moved.</param>
public sealed record RunSummary(IReadOnlyList<TimelineEntry> Timeline, double? RtoSeconds, double? OutageSeconds, IReadOnlyList<RecoveryPoint> Rpo);

public sealed record TimelineEntry(DateTimeOffset At, string What);

/// <param name="Database">Which.</param>
/// <param name="Seconds">0 for a switchover; the replication lag at the promotion for a failover, null when it was not known.</param>
/// <param name="Basis">Where the figure comes from.</param>
public sealed record RecoveryPoint(string Database, double? Seconds, string Basis);
