namespace Shop.Reconciliation.Tasks;

public sealed record FindSnapshotInput(string Database, string OldClusterId, string OldRegion, DateTimeOffset? FailoverStartedAt = null);

/// <summary><c>Found</c> is false, with a reason, while the old Region is dark or has not taken the snapshot yet.</summary>
public sealed record FindSnapshotOutput(
    bool Found, string? SnapshotArn = null, string? SnapshotId = null, DateTimeOffset? CreatedAt = null, string? Reason = null);
