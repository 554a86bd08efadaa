using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.StepFunctions.Integrations;

namespace Shop.Rehearsal.Aurora;

/// <summary>RDS as the SDK integrations of Step Functions call it: <c>aws-sdk:rds:describeGlobalClusters</c> and so on.</summary>
public sealed class RdsIntegration(AuroraFleet fleet) : IRdsCalls
{
    private string Version => fleet.Context.Options.EngineVersion;

    async Task<JsonElement> IRdsCalls.CallAsync(string region, string action, JsonElement parameters, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(region, action, parameters, cancellationToken);
        }
        catch (RdsFault fault)
        {
            throw new TaskFailureException(fault.StatesError, $"{fault.Message} (Service: Rds, Status Code: {fault.HttpStatus}, Error Code: {fault.Code})");
        }
    }

    /// <param name="region">The Region whose RDS is called.</param>
    /// <param name="action">In camel case: <c>failoverGlobalCluster</c>.</param>
    /// <param name="parameters">In the spelling of Step Functions: <c>DbClusterIdentifier</c>.</param>
    /// <exception cref="RdsFault">What RDS refuses.</exception>
    public Task<JsonElement> CallAsync(string region, string action, JsonElement parameters, CancellationToken cancellationToken)
    {
        if (!fleet.Topology.IsOn(region))
        {
            throw new RdsFault("ServiceUnavailable", $"RDS in {region} can't be reached.");
        }

        var answer = action switch
        {
            "describeGlobalClusters" => DescribeGlobalClusters(new(action, parameters, "GlobalClusterIdentifier", "Filters", "MaxRecords", "Marker")),
            "failoverGlobalCluster" => FailOver(new(action, parameters, "GlobalClusterIdentifier", "TargetDbClusterIdentifier", "AllowDataLoss", "Switchover")),
            "switchoverGlobalCluster" => SwitchOver(new(action, parameters, "GlobalClusterIdentifier", "TargetDbClusterIdentifier")),
            "describeDBClusters" => DescribeClusters(region, new(action, parameters, "DbClusterIdentifier", "Filters", "MaxRecords", "Marker", "IncludeShared")),
            "describeDBInstances" => DescribeInstances(region, new(action, parameters, "DbInstanceIdentifier", "Filters", "MaxRecords", "Marker")),
            "describeDBClusterSnapshots" => DescribeSnapshots(region, new(action, parameters,
                "DbClusterIdentifier", "DbClusterSnapshotIdentifier", "SnapshotType", "Filters", "MaxRecords", "Marker", "IncludeShared", "IncludePublic")),
            "copyDBClusterSnapshot" => One("DbClusterSnapshot", Copy(region, new(action, parameters,
                "SourceDBClusterSnapshotIdentifier", "TargetDBClusterSnapshotIdentifier", "KmsKeyId", "SourceRegion", "PreSignedUrl", "CopyTags", "Tags"))),
            "deleteDBClusterSnapshot" => One("DbClusterSnapshot", DeleteSnapshot(region, new(action, parameters, "DbClusterSnapshotIdentifier"))),
            "restoreDBClusterFromSnapshot" => One("DbCluster", Restore(region, new(action, parameters,
                "DbClusterIdentifier", "SnapshotIdentifier", "Engine", "EngineVersion", "DbSubnetGroupName", "VpcSecurityGroupIds", "KmsKeyId",
                "EnableIAMDatabaseAuthentication", "DbClusterParameterGroupName", "ServerlessV2ScalingConfiguration", "DeletionProtection", "Port",
                "DatabaseName", "Tags", "CopyTagsToSnapshot", "EngineMode"))),
            "modifyDBCluster" => One("DbCluster", Modify(region, new(action, parameters,
                "DbClusterIdentifier", "MasterUserPassword", "ManageMasterUserPassword", "ApplyImmediately", "DeletionProtection", "BackupRetentionPeriod"))),
            "deleteDBCluster" => One("DbCluster", DeleteCluster(region, new(action, parameters,
                "DbClusterIdentifier", "SkipFinalSnapshot", "FinalDBSnapshotIdentifier", "DeleteAutomatedBackups"))),
            "createDBInstance" => One("DbInstance", CreateInstance(region, new(action, parameters,
                "DbInstanceIdentifier", "DbInstanceClass", "Engine", "EngineVersion", "DbClusterIdentifier", "PubliclyAccessible", "PromotionTier", "Tags"))),
            "deleteDBInstance" => One("DbInstance", DeleteInstance(region, new(action, parameters, "DbInstanceIdentifier", "SkipFinalSnapshot", "DeleteAutomatedBackups"))),
            _ => throw new RdsFault("InvalidAction", $"The rehearsal's RDS has no action {action}."),
        };
        return Task.FromResult(JsonSerializer.SerializeToElement(answer));
    }

    private static JsonObject One(string name, JsonObject shape) => new() { [name] = shape };

    private static JsonObject Many(string name, IEnumerable<JsonObject> shapes) => new() { [name] = new JsonArray([.. shapes]) };

    private JsonObject DescribeGlobalClusters(RdsParameters parameters)
    {
        IEnumerable<GlobalCluster> found = parameters.Text("GlobalClusterIdentifier") is { } id ? [fleet.Global(id)] : fleet.GlobalClusters;
        return Many("GlobalClusters", found.Select(global => RdsShapes.Of(global, Version)));
    }

    private JsonObject FailOver(RdsParameters parameters)
    {
        if (parameters.Flag("AllowDataLoss") && parameters.Flag("Switchover"))
        {
            throw new RdsFault("InvalidParameterCombination", "AllowDataLoss and Switchover exclude each other.");
        }

        // Without either it is a switchover, as in AWS.
        return ChangeWriter(parameters, parameters.Flag("AllowDataLoss"));
    }

    private JsonObject SwitchOver(RdsParameters parameters) => ChangeWriter(parameters, allowDataLoss: false);

    private JsonObject ChangeWriter(RdsParameters parameters, bool allowDataLoss)
    {
        var global = fleet.Global(parameters.Required("GlobalClusterIdentifier"));
        // The caller of the API is told that it began; how it went is told by describing, and by an event.
        _ = fleet.BeginWriterChange(global, parameters.Required("TargetDbClusterIdentifier"), allowDataLoss, CancellationToken.None)
            .ContinueWith(done => done.Exception, TaskScheduler.Default);
        return One("GlobalCluster", RdsShapes.Of(global, Version));
    }

    private JsonObject DescribeClusters(string region, RdsParameters parameters)
    {
        IEnumerable<AuroraCluster> found = parameters.Text("DbClusterIdentifier") is { } id ? [Cluster(region, id)] : fleet.ClustersIn(region);
        return Many("DbClusters", found.Select(cluster => RdsShapes.Of(cluster, Version)));
    }

    private JsonObject DescribeInstances(string region, RdsParameters parameters)
    {
        var all = fleet.ClustersIn(region).Select(cluster => (Cluster: cluster, cluster.Instance)).Where(pair => pair.Instance is not null);
        var found = parameters.Text("DbInstanceIdentifier") is { } id ? [Instance(region, id)] : all;
        return Many("DbInstances", found.Select(pair => RdsShapes.Of(pair.Cluster, pair.Instance!, Version)));
    }

    private JsonObject DescribeSnapshots(string region, RdsParameters parameters)
    {
        var type = parameters.Text("SnapshotType");
        var found = fleet.SnapshotsIn(region).Where(snapshot => type is null || snapshot.Type == type);
        if (parameters.Text("DbClusterIdentifier") is { } cluster)
        {
            found = found.Where(snapshot => AuroraArn.Names(cluster, snapshot.SourceClusterId, AuroraArn.Cluster(region, snapshot.SourceClusterId)));
        }

        if (parameters.Text("DbClusterSnapshotIdentifier") is { } id)
        {
            // An automated snapshot is found by its name only together with its type.
            found = found.Where(snapshot => AuroraArn.Names(id, snapshot.Id, snapshot.Arn) && (type is not null || snapshot.Type == ClusterSnapshot.Manual)).ToList();
            if (!found.Any())
            {
                throw new RdsFault("DBClusterSnapshotNotFoundFault", $"Snapshot {id} was not found.");
            }
        }

        return Many("DbClusterSnapshots", found.Select(snapshot => RdsShapes.Of(snapshot, Version)));
    }

    private JsonObject Copy(string region, RdsParameters parameters) => RdsShapes.Of(fleet.Restored.Copy(
        region, parameters.Required("SourceDBClusterSnapshotIdentifier"), parameters.Required("TargetDBClusterSnapshotIdentifier")), Version);

    private JsonObject DeleteSnapshot(string region, RdsParameters parameters) =>
        RdsShapes.Of(fleet.Restored.DeleteSnapshot(region, parameters.Required("DbClusterSnapshotIdentifier")), Version);

    private JsonObject Restore(string region, RdsParameters parameters)
    {
        parameters.Required("Engine");
        return RdsShapes.Of(fleet.Restored.Restore(region, parameters.Required("SnapshotIdentifier"), parameters.Required("DbClusterIdentifier")), Version);
    }

    private JsonObject Modify(string region, RdsParameters parameters) => RdsShapes.Of(
        fleet.Restored.Modify(Cluster(region, parameters.Required("DbClusterIdentifier")), parameters.Text("MasterUserPassword")), Version);

    private JsonObject DeleteCluster(string region, RdsParameters parameters)
    {
        var cluster = Cluster(region, parameters.Required("DbClusterIdentifier"));
        if (!parameters.Flag("SkipFinalSnapshot"))
        {
            throw new RdsFault("InvalidParameterCombination", "The rehearsal takes no final snapshots: set SkipFinalSnapshot.");
        }

        return RdsShapes.Of(fleet.Restored.DeleteCluster(cluster), Version);
    }

    private JsonObject CreateInstance(string region, RdsParameters parameters)
    {
        var id = parameters.Required("DbInstanceIdentifier");
        parameters.Required("Engine");
        if (Find(region, id).Instance is not null)
        {
            throw new RdsFault("DBInstanceAlreadyExists", $"Instance {id} exists.");
        }

        var cluster = Cluster(region, parameters.Required("DbClusterIdentifier"));
        return RdsShapes.Of(cluster, fleet.Restored.CreateInstance(cluster, id, parameters.Required("DbInstanceClass")), Version);
    }

    private JsonObject DeleteInstance(string region, RdsParameters parameters)
    {
        var (cluster, _) = Instance(region, parameters.Required("DbInstanceIdentifier"));
        return RdsShapes.Of(cluster, fleet.Restored.DeleteInstance(cluster), Version);
    }

    private AuroraCluster Cluster(string region, string id) =>
        fleet.ClustersIn(region).FirstOrDefault(cluster => AuroraArn.Names(id, cluster.Id, cluster.Arn))
        ?? throw new RdsFault("DBClusterNotFoundFault", $"Cluster {id} was not found.");

    private (AuroraCluster Cluster, ClusterInstance? Instance) Instance(string region, string id) =>
        Find(region, id) is { Instance: not null } found ? found : throw new RdsFault("DBInstanceNotFound", $"Instance {id} was not found.");

    private (AuroraCluster Cluster, ClusterInstance? Instance) Find(string region, string id) =>
        fleet.ClustersIn(region).Select(cluster => (cluster, cluster.Instance))
            .FirstOrDefault(pair => pair.Instance is { } instance && AuroraArn.Names(id, instance.Id, AuroraArn.Instance(region, instance.Id)));
}
