namespace Shop.Rehearsal.Aurora;

/// <summary>What happened at a change of writers: where the new one stood, and how far behind it was.</summary>
public sealed record FailoverRecord
{
    public required string GlobalClusterId { get; init; }

    public required string FromClusterId { get; init; }

    public required string ToClusterId { get; init; }

    /// <summary>False for a switchover, which loses nothing.</summary>
    public required bool AllowedDataLoss { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset PromotedAt { get; init; }

    /// <summary>The new primary's GTID position at promotion: what the old one's binary log has after it was never replicated.</summary>
    public required string ReplicatedUpTo { get; init; }

    /// <summary>How long the oldest transaction that was not replicated had waited when the old writer was last seen.</summary>
    public required TimeSpan LagAtPromotion { get; init; }
}
