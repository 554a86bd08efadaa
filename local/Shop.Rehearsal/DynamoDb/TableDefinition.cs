using System.Text.Json.Nodes;

namespace Shop.Rehearsal.DynamoDb;

/// <summary>A table with a string partition key, as the host creates it in each Region.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="PartitionKey">A string attribute.</param>
/// <param name="Indexes">Global secondary indexes: name, and the string attribute they are on.</param>
/// <param name="TimeToLive">The attribute that says when an item expires (epoch seconds).</param>
public sealed record TableDefinition(
    string Name, string PartitionKey, IReadOnlyDictionary<string, string>? Indexes = null, string? TimeToLive = null)
{
    public static TableDefinition Carts { get; } = new(
        "carts", "id", new Dictionary<string, string> { ["idx_global_customerId"] = "customerId" }, "expiresAt");

    /// <summary>Locks and records of the state machines.</summary>
    public static TableDefinition FailoverControl { get; } = new("failover-control", "pk");

    internal JsonObject ToRequest()
    {
        var indexes = Indexes ?? new Dictionary<string, string>();
        var request = new JsonObject
        {
            ["TableName"] = Name,
            ["BillingMode"] = "PAY_PER_REQUEST",
            ["KeySchema"] = KeySchema(PartitionKey),
            ["AttributeDefinitions"] = new JsonArray([.. indexes.Values.Prepend(PartitionKey).Distinct().Select(a =>
                (JsonNode)new JsonObject { ["AttributeName"] = a, ["AttributeType"] = "S" })]),
        };
        if (indexes.Count > 0)
        {
            request["GlobalSecondaryIndexes"] = new JsonArray([.. indexes.Select(i => (JsonNode)new JsonObject
            {
                ["IndexName"] = i.Key,
                ["KeySchema"] = KeySchema(i.Value),
                ["Projection"] = new JsonObject { ["ProjectionType"] = "ALL" },
            })]);
        }

        return request;
    }

    private static JsonArray KeySchema(string attribute) => [new JsonObject { ["AttributeName"] = attribute, ["KeyType"] = "HASH" }];
}
