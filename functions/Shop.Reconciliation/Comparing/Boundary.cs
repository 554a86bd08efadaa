namespace Shop.Reconciliation.Comparing;

/// <summary>The moments that tell a lost write from an expected one.</summary>
/// <param name="FailoverStartedAt">Before it nobody but replication wrote to the new primary.</param>
/// <param name="PromotedAt">From it on, the new primary took writes.</param>
/// <param name="LastSourceWrite">The newest version on the old primary.</param>
/// <param name="ReplicatedThrough">
/// Everything committed on the old primary up to here had arrived: the newest replicated version found on the new primary, less the longest
/// transaction (versions are stamped before the commit, and it is commits that are replicated in order).
/// </param>
/// <param name="SourceEpoch">The newest epoch on the old primary.</param>
/// <param name="IsAssumed">Nobody named a failover: there is nothing to tell what was lost in it from what differs for other reasons.</param>
public sealed record Boundary(
    DateTimeOffset FailoverStartedAt,
    DateTimeOffset PromotedAt,
    DateTimeOffset? LastSourceWrite,
    DateTimeOffset? ReplicatedThrough,
    long? SourceEpoch,
    bool IsAssumed = false);
