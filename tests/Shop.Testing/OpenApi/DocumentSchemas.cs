using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Shop.Testing.OpenApi;

/// <summary>The schemas of a document (JSON Schema 2020-12, as OpenAPI 3.1 has it), each built once.</summary>
internal sealed class DocumentSchemas(JsonObject document)
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };
    private readonly ConcurrentDictionary<(string Schema, bool IsClosed), JsonSchema> _built = new();

    /// <summary>A field that is not described is a violation: an answer has none that clients aren't told of.</summary>
    public IEnumerable<string> CheckClosed(JsonNode schema, JsonElement value) => Check(schema, value, isClosed: true);

    /// <summary>A client may send more than is read.</summary>
    public IEnumerable<string> CheckOpen(JsonNode schema, JsonElement value) => Check(schema, value, isClosed: false);

    /// <summary>A parameter or header: text that stands for a number where the schema wants one.</summary>
    public IEnumerable<string> CheckText(JsonNode schema, string text)
    {
        var isNumber = (string?)schema["type"] == "integer" && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        using var value = JsonDocument.Parse(isNumber ? text : JsonSerializer.Serialize(text));
        return CheckOpen(schema, value.RootElement).Select(e => $"'{text}' {e}");
    }

    private List<string> Check(JsonNode schema, JsonElement value, bool isClosed)
    {
        var built = _built.GetOrAdd((schema.ToJsonString(), isClosed), key => Build(key.Schema, isClosed));
        var result = built.Evaluate(value, Options);
        if (result.IsValid)
        {
            return [];
        }

        // Some keywords (not) say nothing of why: then only where.
        var details = (result.Details ?? []).Append(result).Where(d => !d.IsValid).ToList();
        List<string> errors = [.. details.SelectMany(d => (d.Errors ?? []).Select(e => $"{d.InstanceLocation}: {e.Value}")).Distinct()];
        return errors.Count > 0 ? errors : [.. details.Select(d => $"{d.InstanceLocation}: does not fit {d.EvaluationPath}").Distinct()];
    }

    private JsonSchema Build(string schema, bool isClosed)
    {
        var whole = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["allOf"] = new JsonArray(JsonNode.Parse(schema)),
            ["$defs"] = document["components"]!["schemas"]!.DeepClone(),
        };
        if (isClosed)
        {
            Close(whole);
        }

        var text = whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        // A registry of its own: schemas of the same name come from several documents.
        return JsonSchema.FromText(text, new BuildOptions { SchemaRegistry = new SchemaRegistry() });
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Close(item);
            }
        }
        else if (node is JsonObject schema)
        {
            foreach (var (_, child) in schema.ToList())
            {
                Close(child);
            }

            if (schema["properties"] is JsonObject && !schema.ContainsKey("additionalProperties"))
            {
                schema["additionalProperties"] = false;
            }
        }
    }
}
