using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Rehearsal.AwsJson;

/// <summary>Between the immutable JSON of executions and the JSON that services build.</summary>
public static class JsonConversions
{
    private static readonly JsonDocument EmptyObject = JsonDocument.Parse("{}");

    public static JsonElement Empty => EmptyObject.RootElement;

    public static JsonElement ToElement(this JsonNode node) => Parse(node.ToJsonString());

    /// <exception cref="JsonException">Not JSON.</exception>
    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <exception cref="JsonException">Not JSON.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static JsonNode? ToNode(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(element),
    };
}
