namespace Shop.Rehearsal.Aurora;

/// <summary>A cluster's data at one moment.</summary>
public sealed record ClusterSnapshot
{
    public const string Automated = "automated";
    public const string Manual = "manual";

    public required string Region { get; init; }

    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string SourceClusterId { get; init; }

    public required string DataDirectory { get; init; }

    public required Accounts Accounts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string Status { get; init; } = RdsStatus.Creating;

    /// <summary>The path and beginning of the names of its binary logs.</summary>
    public string BinlogBase => Path.Combine(DataDirectory, Engines.MariaDbServer.BinlogName);

    public string Arn => AuroraArn.Snapshot(Region, Id);
}
