namespace Shop.Reconciliation.Tasks;

public sealed record ReportInput(
    string RunId,
    string Database,
    string? OldClusterId = null,
    string? OldRegion = null,
    string? NewRegion = null,
    double? LagMs = null,
    string? SnapshotId = null,
    string? SnapshotArn = null,
    string? CopiedSnapshotId = null,
    string? RestoredClusterId = null,
    string? Until = CompareInput.Content,
    IReadOnlyList<string>? Skipped = null);

/// <summary>Counts and keys only: the state machine's payload is limited, and a notification must hold no personal data.</summary>
public sealed record ReportOutput(
    string RunId,
    string Database,
    string ReportPrefix,
    string Json,
    string Html,
    string Csv,
    int Missing,
    int Changed,
    int Resurrected,
    int Extra,
    int MissingItems,
    IReadOnlyList<Money> MissingMoney,
    IReadOnlyList<Money> ChangedMoney,
    string Completeness,
    string ContentHash);
