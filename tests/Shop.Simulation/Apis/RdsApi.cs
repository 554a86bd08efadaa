using System.Text.Json;
using Shop.Asl;
using Shop.Simulation.Executions;
using Shop.Simulation.Model;

namespace Shop.Simulation.Apis;

/// <summary>RDS in the spelling of Step Functions.</summary>
internal static class RdsApi
{
    public static JsonElement Call(SimulatedExecution execution, ActionName action, JsonElement request)
    {
        var (world, region) = (execution.Cloud.World, execution.Region);
        var copies = world.CopiesIn(region);
        switch (action.Action)
        {
            case "describeGlobalClusters":
                return DescribeGlobal(execution, Global(world, request.Text("GlobalClusterIdentifier")));
            case "failoverGlobalCluster":
                return ChangeWriter(execution, request, request.Flag("AllowDataLoss"));
            case "switchoverGlobalCluster":
                return ChangeWriter(execution, request, allowsLoss: false);
            case "describeDBClusters":
                return DescribeCluster(world, region, request.Text("DbClusterIdentifier"));
            case "copyDBClusterSnapshot":
                copies.CopySnapshot(Source(world, request.Text("SourceDBClusterSnapshotIdentifier")), request.Text("TargetDBClusterSnapshotIdentifier"), execution);
                return Answer.Empty;
            case "describeDBClusterSnapshots":
                return DescribeSnapshot(world, region, request.Text("DbClusterSnapshotIdentifier"));
            case "restoreDBClusterFromSnapshot":
                copies.Restore(request.Text("SnapshotIdentifier"), request.Text("DbClusterIdentifier"), execution);
                return Answer.Empty;
            case "createDBInstance":
                copies.CreateInstance(request.Text("DbInstanceIdentifier"), request.Text("DbClusterIdentifier"), execution);
                return Answer.Empty;
            case "describeDBInstances":
                var instance = copies.Instance(request.Text("DbInstanceIdentifier"));
                return List("DbInstances", writer =>
                {
                    writer.WriteString("DbInstanceIdentifier"u8, instance.Id);
                    writer.WriteString("DbInstanceStatus"u8, instance.Status(world.Time.Now));
                });
            case "deleteDBInstance":
                copies.DeleteInstance(request.Text("DbInstanceIdentifier"));
                return Answer.Empty;
            case "deleteDBCluster":
                copies.DeleteCluster(request.Text("DbClusterIdentifier"));
                return Answer.Empty;
            default:
                throw Errors.Unknown(action);
        }
    }

    /// <summary>Asks for a change of writers: the call that may lose data, or the one that doesn't.</summary>
    public static void ChangeWriter(SimulatedExecution execution, GlobalDatabase database, string targetArn, bool allowsLoss)
    {
        if (!RegionCode.Both.Any(region => database.ClusterArn(region) == targetArn))
        {
            throw new TaskFailureException("Rds.DbClusterNotFoundException", $"{targetArn} is not a member of {database.Id}.");
        }

        database.Begin(RegionCode.Of(targetArn), allowsLoss, execution);
    }

    public static GlobalDatabase Global(World world, string id) =>
        world.Databases.FirstOrDefault(d => d.Id == id) ?? throw new TaskFailureException("Rds.GlobalClusterNotFoundException", $"{id} was not found.");

    private static JsonElement ChangeWriter(SimulatedExecution execution, JsonElement request, bool allowsLoss)
    {
        var database = Global(execution.Cloud.World, request.Text("GlobalClusterIdentifier"));
        ChangeWriter(execution, database, request.Text("TargetDbClusterIdentifier"), allowsLoss);
        return Answer.Object(writer =>
        {
            writer.WritePropertyName("GlobalCluster"u8);
            database.Write(writer);
        });
    }

    private static JsonElement DescribeGlobal(SimulatedExecution execution, GlobalDatabase database)
    {
        execution.Cloud.World.Referee.Described(execution, database);
        return Answer.Object(writer =>
        {
            writer.WriteStartArray("GlobalClusters"u8);
            database.Write(writer);
            writer.WriteEndArray();
        });
    }

    private static JsonElement DescribeCluster(World world, string region, string id)
    {
        if (world.Databases.FirstOrDefault(d => d.ClusterId(region) == id) is { } member)
        {
            return List("DbClusters", writer =>
            {
                writer.WriteString("DbClusterIdentifier"u8, id);
                writer.WriteString("Status"u8, member.StatusOf(region));
                writer.WriteString("EngineVersion"u8, GlobalDatabase.EngineVersion);
                writer.WriteStartArray("DbClusterMembers"u8);
                writer.WriteStartObject();
                writer.WriteString("DbInstanceIdentifier"u8, id + "-1");
                writer.WriteEndObject();
                writer.WriteEndArray();
            });
        }

        var cluster = world.CopiesIn(region).Cluster(id);
        return List("DbClusters", writer =>
        {
            writer.WriteString("DbClusterIdentifier"u8, id);
            writer.WriteString("Status"u8, cluster.Status(world.Time.Now));
            writer.WriteString("Endpoint"u8, id);
            writer.WriteNumber("Port"u8, 3306);
        });
    }

    private static JsonElement DescribeSnapshot(World world, string region, string id)
    {
        var snapshot = world.CopiesIn(region).Snapshot(id);
        return List("DbClusterSnapshots", writer =>
        {
            writer.WriteString("DbClusterSnapshotIdentifier"u8, id);
            writer.WriteString("DbClusterSnapshotArn"u8, Copies.SnapshotArn(region, id));
            writer.WriteString("Status"u8, snapshot.Status(world.Time.Now));
        });
    }

    private static Copy Source(World world, string arn)
    {
        var region = RegionCode.Of(arn);
        if (world.IsGone(region))
        {
            throw new TaskFailureException("Rds.InvalidDbClusterSnapshotStateException", $"{region}, where {arn} is, can't be reached.");
        }

        return world.CopiesIn(region).Snapshot(arn[(arn.IndexOf(":cluster-snapshot:", StringComparison.Ordinal) + ":cluster-snapshot:".Length)..]);
    }

    private static JsonElement List(string name, Action<Utf8JsonWriter> only) => Answer.Object(writer =>
    {
        writer.WriteStartArray(name);
        writer.WriteStartObject();
        only(writer);
        writer.WriteEndObject();
        writer.WriteEndArray();
    });
}
