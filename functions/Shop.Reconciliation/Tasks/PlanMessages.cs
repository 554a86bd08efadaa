using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Tasks;

/// <param name="RunId">The run.</param>
/// <param name="Database">Its database, which names the plan.</param>
/// <param name="Source">The copy of the old primary.</param>
/// <param name="Target">The new primary.</param>
/// <param name="FailoverStartedAt">Before it nobody but replication wrote to the new primary.</param>
/// <param name="PromotedAt">From it on, the new primary took writes.</param>
/// <param name="LagMs">How far the new primary was behind, as far as anybody knows.</param>
/// <param name="ReplicatedThrough">How far replication had come, if the data does not say it any more.</param>
/// <param name="IsAssumed">Nobody named a failover; the moments are those of now.</param>
public sealed record PlanInput(
    string RunId,
    string Database,
    DatabaseEndpoint Source,
    DatabaseEndpoint Target,
    DateTimeOffset? FailoverStartedAt = null,
    DateTimeOffset? PromotedAt = null,
    double? LagMs = null,
    DateTimeOffset? ReplicatedThrough = null,
    bool IsAssumed = false);

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
