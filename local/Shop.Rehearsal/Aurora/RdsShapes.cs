using System.Text.Json.Nodes;

namespace Shop.Rehearsal.Aurora;

/// <summary>What RDS answers with, in the spelling of Step Functions. Members without a value are left out, as there.</summary>
internal static class RdsShapes
{
    private const string Engine = "aurora-mysql";

    public static JsonObject Of(GlobalCluster global, string engineVersion)
    {
        var shape = new JsonObject
        {
            ["GlobalClusterIdentifier"] = global.Id,
            ["GlobalClusterResourceId"] = $"cluster-{global.Id}",
            ["GlobalClusterArn"] = global.Arn,
            ["Status"] = global.Status,
            [nameof(Engine)] = Engine,
            ["EngineVersion"] = engineVersion,
            ["DatabaseName"] = global.Database,
            ["StorageEncrypted"] = true,
            ["DeletionProtection"] = true,
            ["Endpoint"] = $"{global.Id}.global.rds.localhost",
            ["GlobalClusterMembers"] = new JsonArray([.. global.Members.Select(member => MemberOf(global, member))]),
        };
        if (global.FailoverState is { } state)
        {
            shape["FailoverState"] = new JsonObject
            {
                ["Status"] = state.Status,
                ["FromDbClusterArn"] = state.FromArn,
                ["ToDbClusterArn"] = state.ToArn,
                ["IsDataLossAllowed"] = state.IsDataLossAllowed,
            };
        }

        return shape;
    }

    public static JsonObject Of(AuroraCluster cluster, string engineVersion)
    {
        var isWriter = cluster.Global is null || cluster.Global.Writer == cluster;
        return new JsonObject
        {
            ["DbClusterIdentifier"] = cluster.Id,
            ["DbClusterArn"] = cluster.Arn,
            ["DbClusterResourceId"] = cluster.ResourceId,
            ["Status"] = cluster.Status,
            [nameof(Engine)] = Engine,
            ["EngineVersion"] = engineVersion,
            ["DatabaseName"] = cluster.Database,
            ["MasterUsername"] = Accounts.Admin,
            // A member's writer endpoint is the global one of its Region; its own is for readers.
            ["Endpoint"] = "127.0.0.1",
            ["ReaderEndpoint"] = "127.0.0.1",
            ["Port"] = cluster.Endpoint.Port,
            ["MultiAZ"] = false,
            ["StorageEncrypted"] = true,
            ["BackupRetentionPeriod"] = 7,
            ["ClusterCreateTime"] = RdsTime.Format(cluster.CreatedAt),
            ["DbClusterMembers"] = new JsonArray([.. Instances(cluster).Select(instance => new JsonObject
            {
                ["DbInstanceIdentifier"] = instance.Id,
                ["IsClusterWriter"] = isWriter,
                ["DbClusterParameterGroupStatus"] = "in-sync",
                ["PromotionTier"] = 1,
            })]),
        };
    }

    public static JsonObject Of(AuroraCluster cluster, ClusterInstance instance, string engineVersion) => new()
    {
        ["DbInstanceIdentifier"] = instance.Id,
        ["DbInstanceArn"] = AuroraArn.Instance(cluster.Region, instance.Id),
        ["DbInstanceClass"] = instance.InstanceClass,
        ["DbInstanceStatus"] = instance.Status,
        ["DbClusterIdentifier"] = cluster.Id,
        [nameof(Engine)] = Engine,
        ["EngineVersion"] = engineVersion,
        ["AvailabilityZone"] = $"{cluster.Region}a",
        ["InstanceCreateTime"] = RdsTime.Format(instance.CreatedAt),
        ["Endpoint"] = new JsonObject { ["Address"] = "127.0.0.1", ["Port"] = cluster.Endpoint.Port },
    };

    public static JsonObject Of(ClusterSnapshot snapshot, string engineVersion) => new()
    {
        ["DbClusterSnapshotIdentifier"] = snapshot.Id,
        ["DbClusterSnapshotArn"] = snapshot.Arn,
        ["DbClusterIdentifier"] = snapshot.SourceClusterId,
        ["SnapshotType"] = snapshot.Type,
        ["Status"] = snapshot.Status,
        ["PercentProgress"] = snapshot.Status == RdsStatus.Available ? 100 : 0,
        ["SnapshotCreateTime"] = RdsTime.Format(snapshot.CreatedAt),
        [nameof(Engine)] = Engine,
        ["EngineVersion"] = engineVersion,
        ["MasterUsername"] = Accounts.Admin,
        ["StorageEncrypted"] = true,
    };

    public static IEnumerable<ClusterInstance> Instances(AuroraCluster cluster) => cluster.Instance is { } instance ? [instance] : [];

    private static JsonObject MemberOf(GlobalCluster global, AuroraCluster member)
    {
        var isWriter = global.Writer == member;
        string[] readers = isWriter ? [.. global.Members.Where(other => other != member).Select(other => other.Arn)] : [];
        return new JsonObject
        {
            ["DbClusterArn"] = member.Arn,
            ["Readers"] = new JsonArray([.. readers.Select(arn => JsonValue.Create(arn))]),
            ["IsWriter"] = isWriter,
            ["GlobalWriteForwardingStatus"] = "disabled",
            ["SynchronizationStatus"] = global.IsConnected(member) ? "connected" : "pending-resync",
        };
    }
}
