using System.Globalization;
using System.Xml.Linq;
using Shop.Aws;
using Shop.Lambda;

namespace Shop.Reconciliation.Tasks;

/// <summary>Looks in the Region that failed for the snapshot that Aurora takes of the old primary once the Region is back.</summary>
internal sealed class FindSnapshotTask(AwsClient aws, Uri? peerRds)
{
    public const string SnapshotPrefix = "rds:unplanned-global-failover-";

    public async Task<FindSnapshotOutput> RunAsync(FindSnapshotInput input, TaskContext context, CancellationToken cancellationToken)
    {
        List<Snapshot> snapshots;
        try
        {
            snapshots = await ListAsync(input, cancellationToken);
        }
        catch (AwsException e) when (e.IsTransient)
        {
            return new(false, Reason: $"{input.OldRegion} does not answer: {e.ErrorCode}");
        }
        catch (AwsException e) when (e.ErrorCode is "DBClusterNotFoundFault")
        {
            return new(false, Reason: $"{input.OldRegion} does not know the cluster {input.OldClusterId}");
        }

        var found = snapshots.Where(s => s.Id.StartsWith(SnapshotPrefix, StringComparison.Ordinal) && IsOfThisFailover(s, input)).ToList();
        // A later failover of the same cluster leaves a later one: this failover's is the first after it began.
        var snapshot = input.FailoverStartedAt is null ? found.MaxBy(s => s.CreatedAt) : found.MinBy(s => s.CreatedAt);
        return snapshot switch
        {
            null => new(false, Reason: $"no point-of-failure snapshot of {input.OldClusterId} yet"),
            { Status: "available" } => new(true, snapshot.Arn, snapshot.Id, snapshot.CreatedAt),
            _ => new(false, Reason: $"{snapshot.Id} is {snapshot.Status}"),
        };
    }

    private static bool IsOfThisFailover(Snapshot snapshot, FindSnapshotInput input) =>
        // RDS writes whole seconds in places; an earlier failover's snapshot is older than that.
        input.FailoverStartedAt is not { } started || snapshot.CreatedAt >= started - TimeSpan.FromSeconds(1);

    private async Task<List<Snapshot>> ListAsync(FindSnapshotInput input, CancellationToken cancellationToken)
    {
        var snapshots = new List<Snapshot>();
        string? marker = null;
        do
        {
            List<KeyValuePair<string, string>> parameters =
                [new("DBClusterIdentifier", input.OldClusterId), new("SnapshotType", "automated")];
            if (marker is not null)
            {
                parameters.Add(new("Marker", marker));
            }

            var page = await aws.QueryAsync(
                AwsService.Rds, "DescribeDBClusterSnapshots", parameters, peerRds, input.OldRegion, cancellationToken);
            snapshots.AddRange(page.Descendants("DBClusterSnapshot").Select(Snapshot.Parse));
            marker = page.Element("Marker")?.Value is { Length: > 0 } next ? next : null;
        }
        while (marker is not null);
        return snapshots;
    }

    private sealed record Snapshot(string Id, string Arn, string Status, DateTimeOffset? CreatedAt)
    {
        public static Snapshot Parse(XElement snapshot) => new(
            snapshot.Element("DBClusterSnapshotIdentifier")?.Value ?? "",
            snapshot.Element("DBClusterSnapshotArn")?.Value ?? "",
            snapshot.Element("Status")?.Value ?? "",
            DateTimeOffset.TryParse(snapshot.Element("SnapshotCreateTime")?.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at
                : null);
    }
}
