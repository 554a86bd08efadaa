using System.Text.Json.Nodes;

namespace Shop.Rehearsal.Aurora;

/// <summary>An event of the kind that RDS puts on a Region's event bus.</summary>
public sealed record RdsEvent(string Region, string EventId, string Category, RdsSource Source, string Message, DateTimeOffset At)
{
    public string DetailType => Source.Type switch
    {
        "CLUSTER" => "RDS DB Cluster Event",
        "DB_INSTANCE" => "RDS DB Instance Event",
        "CLUSTER_SNAPSHOT" => "RDS DB Cluster Snapshot Event",
        _ => throw new InvalidOperationException($"{Source.Type} is not a source of RDS events; expected CLUSTER, DB_INSTANCE or CLUSTER_SNAPSHOT."),
    };

    public JsonObject Detail => new()
    {
        ["EventCategories"] = new JsonArray(Category),
        ["SourceType"] = Source.Type,
        ["SourceArn"] = Source.Arn,
        ["Date"] = RdsTime.Format(At),
        [nameof(Message)] = Message,
        ["SourceIdentifier"] = Source.Id,
        ["EventID"] = EventId,
    };
}

public sealed record RdsSource(string Type, string Id, string Arn);
