using System.Globalization;
using System.Text.Json;
using Shop.Asl;
using Shop.Simulation.Executions;

namespace Shop.Simulation.Apis;

/// <summary>FindSnapshot, Plan, Compare and Report: the same questions to the model's volumes as the real ones ask of servers.</summary>
internal static class ReconciliationFunctions
{
    private const int Groups = 3;

    public static JsonElement FindSnapshot(SimulatedExecution execution, JsonElement payload)
    {
        var (world, region) = (execution.Cloud.World, payload.Text("oldRegion"));
        var since = DateTimeOffset.Parse(payload.Text("failoverStartedAt"), CultureInfo.InvariantCulture);
        var newest = world.IsGone(region) ? null : world.CopiesIn(region).NewestSystemSnapshot(payload.Text("oldClusterId"), since);
        return Answer.Object(writer =>
        {
            var isFound = newest?.Status(world.Time.Now) == "available";
            writer.WriteBoolean("found"u8, isFound);
            if (isFound)
            {
                writer.WriteString("snapshotArn"u8, Model.Copies.SnapshotArn(region, newest!.Id));
                writer.WriteString("snapshotId"u8, newest.Id);
                writer.WriteString("createdAt"u8, Answer.Iso(newest.CreatedAt));
            }
            else
            {
                writer.WriteString("reason"u8, "no point-of-failure snapshot yet");
            }
        });
    }

    public static JsonElement Plan(SimulatedExecution execution, JsonElement payload)
    {
        _ = Source(execution, payload);
        return Answer.Object(writer =>
        {
            writer.WriteString("runId"u8, payload.Text("runId"));
            writer.WriteStartArray("groups"u8);
            for (var i = 0; i < Groups; i++)
            {
                writer.WriteStartObject();
                writer.WriteNumber("group"u8, i);
                writer.WriteNumber("ranges"u8, 1);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteNumber("ranges"u8, Groups);
        });
    }

    public static JsonElement Compare(SimulatedExecution execution, JsonElement payload)
    {
        var source = Source(execution, payload);
        var missing = source.Rows!.MissingIn(execution.Cloud.World.Database(payload.Text("database")).Current);
        var group = payload.GetProperty("group").GetInt32();
        return Answer.Object(writer =>
        {
            writer.WriteNumber("group"u8, group);
            writer.WriteNumber("missing"u8, group == 0 ? missing : 0);
            writer.WriteNumber("changed"u8, 0);
            writer.WriteNumber("resurrected"u8, 0);
            writer.WriteNumber("extra"u8, 0);
        });
    }

    public static JsonElement Report(SimulatedExecution execution, JsonElement payload)
    {
        var world = execution.Cloud.World;
        var snapshot = world.CopiesIn(execution.Region).Snapshot(payload.Text("copiedSnapshotId"));
        var missing = snapshot.Rows!.MissingIn(world.Database(payload.Text("database")).Current);
        world.Referee.Reported(execution, payload.Text("database"), payload.Text("runId"), missing);
        return Answer.Object(writer =>
        {
            writer.WriteNumber("missing"u8, missing);
            writer.WriteString("json"u8, $"reports/{payload.Text("runId")}/{payload.Text("database")}/report.json");
        });
    }

    /// <summary>Compares the writer before a planned move, in the other Region, with the one after it.</summary>
    public static JsonElement Prove(SimulatedExecution execution, JsonElement payload)
    {
        var world = execution.Cloud.World;
        if (world.IsGone(Model.RegionCode.Peer(execution.Region)))
        {
            throw new TaskFailureException("MySqlException", "Unable to connect to the former writer.");
        }

        var last = world.Database(payload.Text("database")).Promotions.LastOrDefault(p => p.DoneAt is not null);
        return Answer.Object(writer =>
        {
            writer.WriteString("database"u8, payload.Text("database"));
            writer.WriteString("status"u8, last is { Lost: > 0 } || world.Setup.ProofDiffers ? "different" : "equal");
            writer.WriteString("until"u8, payload.Text("until"));
            writer.WriteStartArray("tables"u8);
            writer.WriteEndArray();
        });
    }

    /// <summary>The restored copy, which must have a server to answer.</summary>
    private static Model.Copy Source(SimulatedExecution execution, JsonElement payload)
    {
        var copies = execution.Cloud.World.CopiesIn(execution.Region);
        var cluster = copies.Cluster(payload.GetProperty("source").Text("host"));
        return copies.Instances.Any(i => i.ClusterId == cluster.Id && i.Status(execution.Cloud.World.Time.Now) == "available")
            ? cluster
            : throw new TaskFailureException("MySqlException", $"Unable to connect to {cluster.Id}.");
    }
}
