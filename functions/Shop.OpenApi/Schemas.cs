using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Shop.OpenApi;

/// <summary>Schemas of single values: parameters and headers.</summary>
public static class Schemas
{
    /// <summary>Of a text that a person reads: not only white space.</summary>
    public const string Readable = @"\S";

    public static OpenApiSchema Text(int maximumLength, string? pattern = null) =>
        new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = maximumLength, Pattern = pattern };

    public static OpenApiSchema Matching(string pattern) => new() { Type = JsonSchemaType.String, Pattern = pattern };

    public static OpenApiSchema Uuid() => new() { Type = JsonSchemaType.String, Format = "uuid" };

    public static OpenApiSchema Choice(params string[] values) => new() { Type = JsonSchemaType.String, Enum = [.. values.Select(v => (JsonNode)v)] };

    public static OpenApiSchema WholeNumber(long minimum, long maximum = long.MaxValue, long? otherwise = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = minimum.ToString(CultureInfo.InvariantCulture),
        Maximum = maximum == long.MaxValue ? null : maximum.ToString(CultureInfo.InvariantCulture),
        Default = otherwise is { } value ? JsonValue.Create(value) : null,
    };

    internal static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema known)
        {
            return schema;
        }

        if (known.OneOf is { Count: > 1 } choices && choices.FirstOrDefault(c => c.Type != JsonSchemaType.Null) is { } something)
        {
            return something;
        }

        known.Type &= ~JsonSchemaType.Null;
        return known;
    }
}
