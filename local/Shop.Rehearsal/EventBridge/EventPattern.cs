using System.Text.Json;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.EventBridge;

/// <summary>What events a rule wants: an object of the event's form, with lists of accepted values at its leaves.</summary>
public sealed class EventPattern
{
    private readonly JsonElement _pattern;

    private EventPattern(JsonElement pattern) => _pattern = pattern;

    /// <exception cref="FormatException">A leaf is not a list, or has a filter that doesn't exist.</exception>
    public static EventPattern Parse(JsonElement pattern)
    {
        Check(pattern, "$");
        return new(pattern.Clone());
    }

    public static EventPattern Parse(string json) => Parse(JsonConversions.Parse(json));

    public bool Matches(JsonElement candidate) => MatchesObject(_pattern, candidate);

    private static void Check(JsonElement pattern, string path)
    {
        if (pattern.ValueKind != JsonValueKind.Object || !pattern.EnumerateObject().Any())
        {
            throw new FormatException($"Event pattern is not valid. At {path}: expected an object with at least one field.");
        }

        foreach (var field in pattern.EnumerateObject())
        {
            var at = $"{path}.{field.Name}";
            switch (field.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    Check(field.Value, at);
                    break;
                case JsonValueKind.Array when field.Name == "$or":
                    foreach (var choice in field.Value.EnumerateArray())
                    {
                        Check(choice, at);
                    }

                    break;
                case JsonValueKind.Array when field.Value.GetArrayLength() > 0:
                    foreach (var filter in field.Value.EnumerateArray())
                    {
                        EventFilter.Check(filter, at);
                    }

                    break;
                default:
                    throw new FormatException($"Event pattern is not valid. At {at}: expected an object or a list with at least one value.");
            }
        }
    }

    private static bool MatchesObject(JsonElement pattern, JsonElement? candidate)
    {
        if (candidate is { ValueKind: JsonValueKind.Array } items)
        {
            return items.EnumerateArray().Any(item => MatchesObject(pattern, item));
        }

        foreach (var field in pattern.EnumerateObject())
        {
            if (!MatchesField(field, candidate))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MatchesField(JsonProperty field, JsonElement? candidate)
    {
        if (field is { Name: "$or", Value.ValueKind: JsonValueKind.Array })
        {
            return field.Value.EnumerateArray().Any(choice => MatchesObject(choice, candidate));
        }

        var value = candidate is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(field.Name, out var found)
            ? found
            : (JsonElement?)null;
        return field.Value.ValueKind == JsonValueKind.Object
            ? MatchesObject(field.Value, value)
            : field.Value.EnumerateArray().Any(filter => EventFilter.Matches(filter, value));
    }
}
