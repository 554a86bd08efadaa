using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Shop.Rehearsal.DynamoDb;

/// <summary>Finds which items a request writes.</summary>
internal sealed class KeySchemas(Engine engine)
{
    private readonly ConcurrentDictionary<string, string[]> _schemas = new(StringComparer.Ordinal);

    /// <summary>None for a request that is not a write, or is so wrong that the engine will refuse it.</summary>
    public async Task<IReadOnlyList<ItemKey>> WrittenByAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        var keys = new List<ItemKey>();
        foreach (var (table, attributes) in Writes(operation, input))
        {
            if (await KeyAsync(table, attributes, cancellationToken) is { } key)
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    public async Task<ItemKey?> KeyAsync(string table, JsonObject attributes, CancellationToken cancellationToken)
    {
        if (!_schemas.TryGetValue(table, out var names))
        {
            var answer = await engine.CallAsync("DescribeTable", new JsonObject { ["TableName"] = table }, cancellationToken);
            if (!answer.IsSuccess)
            {
                return null;
            }

            names = [.. answer.Json()["Table"]!["KeySchema"]!.AsArray().Select(k => (string)k!["AttributeName"]!)];
            _schemas[table] = names;
        }

        // In the schema's order, so that the same key is always the same text.
        var key = new JsonObject(names.Select(n => KeyValuePair.Create(n, attributes[n]?.DeepClone())));
        return key.All(a => a.Value is not null) ? new ItemKey(table, key.ToJsonString()) : null;
    }

    private static IEnumerable<(string Table, JsonObject Attributes)> Writes(string operation, JsonObject input) => operation switch
    {
        "PutItem" => Write(input["TableName"], input["Item"]),
        "UpdateItem" or "DeleteItem" => Write(input["TableName"], input["Key"]),
        "BatchWriteItem" => (input["RequestItems"] as JsonObject ?? []).SelectMany(t => (t.Value as JsonArray ?? [])
            .SelectMany(w => Write(JsonValue.Create(t.Key), w?["PutRequest"]?["Item"] ?? w?["DeleteRequest"]?["Key"]))),
        _ => [],
    };

    private static IEnumerable<(string Table, JsonObject Attributes)> Write(JsonNode? table, JsonNode? attributes) =>
        table is JsonValue name && name.TryGetValue<string>(out var text) && attributes is JsonObject found ? [(text, found)] : [];
}
