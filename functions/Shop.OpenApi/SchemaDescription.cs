using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Shop.OpenApi;

/// <summary>Adds to an object's schema what its C# type doesn't say. Names are those of the JSON.</summary>
public sealed class SchemaDescription(string name, OpenApiSchema schema)
{
    /// <summary>Fields that must be there and not null, though the C# type lets them be: it does so only to name all that are missing at once.</summary>
    public SchemaDescription Require(params string[] fields)
    {
        schema.Required ??= new HashSet<string>();
        foreach (var field in fields)
        {
            schema.Required.Add(field);
            schema.Properties![field] = Schemas.WithoutNull(schema.Properties[field]);
        }

        return this;
    }

    public SchemaDescription WholeNumber(long minimum, long maximum, params string[] fields) => Each(fields, field =>
    {
        field.Minimum = minimum.ToString(CultureInfo.InvariantCulture);
        field.Maximum = maximum == long.MaxValue ? null : maximum.ToString(CultureInfo.InvariantCulture);
    });

    public SchemaDescription Text(int maximumLength, string pattern, params string[] fields) => Each(fields, field =>
    {
        field.MinLength = 1;
        field.MaxLength = maximumLength;
        field.Pattern = pattern;
    });

    public SchemaDescription Form(string pattern, params string[] fields) => Each(fields, field => field.Pattern = pattern);

    public SchemaDescription Choice(string field, params string[] values) => Each([field], found =>
        found.Enum = [.. values.Select(v => (JsonNode)v), .. found.Type!.Value.HasFlag(JsonSchemaType.Null) ? [JsonNullSentinel.JsonNull] : Array.Empty<JsonNode>()]);

    /// <summary>None of the array's elements may be null.</summary>
    public SchemaDescription Elements(string field, int minimum, int maximum) => Each([field], found =>
    {
        found.MinItems = minimum;
        found.MaxItems = maximum;
        found.Items = found.Items is null ? null : Schemas.WithoutNull(found.Items);
    });

    public SchemaDescription Explain(string field, string description) => Each([field], found => found.Description = description);

    public SchemaDescription Example(string json)
    {
        schema.Examples = [JsonNode.Parse(json)!];
        return this;
    }

    private SchemaDescription Each(IEnumerable<string> fields, Action<OpenApiSchema> describe)
    {
        foreach (var field in fields)
        {
            describe(schema.Properties?.TryGetValue(field, out var found) == true && found is OpenApiSchema known
                ? known
                : throw new InvalidOperationException($"{name} has no field '{field}' with a schema of its own."));
        }

        return this;
    }
}
