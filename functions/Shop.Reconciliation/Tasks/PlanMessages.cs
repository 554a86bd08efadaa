using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Tasks;

public sealed record PlanInput(
    string RunId,
    string Database,
    DatabaseEndpoint Source,
    DatabaseEndpoint Target,
    DateTimeOffset? FailoverStartedAt = null,
    DateTimeOffset? PromotedAt = null,
    double? LagMs = null);

/// <param name="RunId">The run.</param>
/// <param name="ReportPrefix">Where the run's files are.</param>
/// <param name="Groups">What the Map state compares, one item each.</param>
/// <param name="Ranges">How many key ranges there are in all groups.</param>
/// <param name="Tail">What the window near the failure shows already; null when the plan names no version column.</param>
public sealed record PlanOutput(string RunId, string ReportPrefix, IReadOnlyList<GroupRef> Groups, int Ranges, TailCounts? Tail);

public sealed record GroupRef(int Group, int Ranges);

/// <param name="Missing">Lost aggregates.</param>
/// <param name="Changed">Changed ones.</param>
/// <param name="Resurrected">Ones that came back to life.</param>
/// <param name="Candidates">Aggregates of either side in the window.</param>
/// <param name="IsWhole">False when the window held more than was looked at.</param>
public sealed record TailCounts(int Missing, int Changed, int Resurrected, int Candidates, bool IsWhole);
