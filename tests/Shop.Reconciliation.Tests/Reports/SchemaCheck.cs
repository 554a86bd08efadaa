using System.Text.Json;
using System.Text.RegularExpressions;

namespace Shop.Reconciliation.Tests.Reports;

/// <summary>Checks a document against the part of JSON Schema that the report's schema uses; any other keyword is an error.</summary>
internal static class SchemaCheck
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "$defs", "$ref", "title", "description", "type", "format", "minimum", "pattern", "const", "enum", "items", "properties",
        "required", "additionalProperties",
    };

    public static IReadOnlyList<string> Errors(JsonElement schema, byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. Errors(schema, schema, document.RootElement, "$")];
    }

    private static IEnumerable<string> Errors(JsonElement root, JsonElement schema, JsonElement value, string path)
    {
        foreach (var unknown in schema.EnumerateObject().Where(p => !Known.Contains(p.Name)))
        {
            yield return $"{path}: the check does not know '{unknown.Name}'";
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        }

        var wrong = Wrong(schema, value);
        var nested = value.ValueKind switch
        {
            JsonValueKind.Object => Members(root, schema, value, path),
            JsonValueKind.Array => value.EnumerateArray().SelectMany((v, i) => Errors(root, schema.GetProperty("items"), v, $"{path}[{i}]")),
            _ => [],
        };
        foreach (var error in wrong is null ? nested : [$"{path}: {wrong}"])
        {
            yield return error;
        }
    }

    private static string? Wrong(JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("type", out var type) && !IsType(type.GetString()!, value))
        {
            return $"expected {type}, is {value.ValueKind}";
        }

        if (schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value))
        {
            return $"expected {only}";
        }

        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)))
        {
            return $"{value} is none of {values}";
        }

        if (schema.TryGetProperty("minimum", out var minimum) && value.GetDecimal() < minimum.GetDecimal())
        {
            return $"{value} is less than {minimum}";
        }

        if (schema.TryGetProperty("format", out _) && !DateTimeOffset.TryParse(value.GetString(), out _))
        {
            return $"{value} is no time";
        }

        return schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value.GetString()!, pattern.GetString()!)
            ? $"{value} does not match {pattern}"
            : null;
    }

    private static IEnumerable<string> Members(JsonElement root, JsonElement schema, JsonElement value, string path)
    {
        var properties = schema.GetProperty("properties");
        foreach (var absent in schema.GetProperty("required").EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)))
        {
            yield return $"{path}: {absent} is missing";
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!properties.TryGetProperty(member.Name, out var its))
            {
                yield return $"{path}: {member.Name} is not in the schema";
                continue;
            }

            foreach (var error in Errors(root, its, member.Value, $"{path}.{member.Name}"))
            {
                yield return error;
            }
        }
    }

    private static bool IsType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => false,
    };
}
