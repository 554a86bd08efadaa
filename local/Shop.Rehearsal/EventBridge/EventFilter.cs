using System.Text.Json;

namespace Shop.Rehearsal.EventBridge;

/// <summary>One accepted value at a leaf of a pattern: a literal, or an object with one comparison.</summary>
/// <remarks>Where the event has a list, one matching item is enough; <c>exists</c> and <c>anything-but</c> look at leaves only.</remarks>
internal static class EventFilter
{
    public static void Check(JsonElement filter, string path)
    {
        switch (filter.ValueKind)
        {
            case JsonValueKind.Object when filter.EnumerateObject().Take(2).ToList() is [var comparison]:
                CheckComparison(comparison, path);
                break;
            case JsonValueKind.Object or JsonValueKind.Array:
                throw Invalid(path, "a value must be a literal or an object with one comparison");
            default:
                break;
        }
    }

    public static bool Matches(JsonElement filter, JsonElement? value)
    {
        if (filter.ValueKind == JsonValueKind.Object && filter.TryGetProperty("exists", out var exists))
        {
            return exists.GetBoolean() == (value is { ValueKind: not JsonValueKind.Object });
        }

        return value switch
        {
            null => false,
            { ValueKind: JsonValueKind.Array } items => IsExclusion(filter)
                ? items.EnumerateArray().All(item => MatchesValue(filter, item))
                : items.EnumerateArray().Any(item => MatchesValue(filter, item)),
            { } single => MatchesValue(filter, single),
        };
    }

    private static bool IsExclusion(JsonElement filter) =>
        filter.ValueKind == JsonValueKind.Object && filter.TryGetProperty("anything-but", out _);

    private static bool MatchesValue(JsonElement filter, JsonElement value)
    {
        if (filter.ValueKind != JsonValueKind.Object)
        {
            return IsEqual(filter, value);
        }

        var comparison = filter.EnumerateObject().First();
        return comparison.Name switch
        {
            "prefix" => Text(value)?.StartsWith(comparison.Value.GetString()!, StringComparison.Ordinal) ?? false,
            "suffix" => Text(value)?.EndsWith(comparison.Value.GetString()!, StringComparison.Ordinal) ?? false,
            "equals-ignore-case" => string.Equals(Text(value), comparison.Value.GetString(), StringComparison.OrdinalIgnoreCase),
            "anything-but" => IsScalar(value) && !Excluded(comparison.Value).Any(excluded => MatchesValue(excluded, value)),
            "numeric" => value.ValueKind == JsonValueKind.Number && IsInRange(comparison.Value, value.GetDouble()),
            var other => throw new FormatException($"Unknown comparison '{other}'."),
        };
    }

    private static void CheckComparison(JsonProperty comparison, string path)
    {
        var kind = comparison.Value.ValueKind;
        var fits = comparison.Name switch
        {
            "prefix" or "suffix" or "equals-ignore-case" => kind == JsonValueKind.String,
            "exists" => kind is JsonValueKind.True or JsonValueKind.False,
            "anything-but" => kind is JsonValueKind.String or JsonValueKind.Number
                || (kind == JsonValueKind.Array && comparison.Value.EnumerateArray().All(IsScalar))
                || (kind == JsonValueKind.Object && comparison.Value.EnumerateObject().All(inner => inner.Name is "prefix" or "suffix")),
            "numeric" => kind == JsonValueKind.Array && IsRange([.. comparison.Value.EnumerateArray()]),
            _ => throw Invalid(path, $"unknown comparison '{comparison.Name}'"),
        };
        if (!fits)
        {
            throw Invalid(path, $"'{comparison.Name}' can't be compared with {comparison.Value.GetRawText()}");
        }
    }

    private static bool IsRange(List<JsonElement> range) =>
        range.Count is 2 or 4 && range.Select((item, index) => index % 2 == 0
            ? item.ValueKind == JsonValueKind.String && item.GetString() is "=" or "<" or "<=" or ">" or ">="
            : item.ValueKind == JsonValueKind.Number).All(fits => fits);

    private static bool IsInRange(JsonElement range, double value) =>
        range.EnumerateArray().Chunk(2).All(part => part[0].GetString() switch
        {
            "=" => value == part[1].GetDouble(),
            "<" => value < part[1].GetDouble(),
            "<=" => value <= part[1].GetDouble(),
            ">" => value > part[1].GetDouble(),
            _ => value >= part[1].GetDouble(),
        });

    private static List<JsonElement> Excluded(JsonElement excluded) =>
        excluded.ValueKind == JsonValueKind.Array ? [.. excluded.EnumerateArray()] : [excluded];

    private static bool IsEqual(JsonElement wanted, JsonElement value) =>
        wanted.ValueKind == value.ValueKind && wanted.ValueKind switch
        {
            JsonValueKind.Number => wanted.GetDouble() == value.GetDouble(),
            _ => JsonElement.DeepEquals(wanted, value),
        };

    private static bool IsScalar(JsonElement value) => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static FormatException Invalid(string path, string reason) => new($"Event pattern is not valid. At {path}: {reason}.");
}
