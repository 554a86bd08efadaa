using System.Globalization;
using System.Text.Json;

namespace Shop.Rehearsal.AwsJson;

/// <summary>Readers of request members that answer a wrong type as the services do.</summary>
public static class AwsRequest
{
    public static string? OptionalString(this JsonElement input, string name) =>
        Find(input, name, JsonValueKind.String) is { } value ? value.GetString() : null;

    public static string RequiredString(this JsonElement input, string name) =>
        OptionalString(input, name) ?? throw Invalid($"1 validation error detected: Value null at '{name}' failed to satisfy constraint: " +
            "Member must not be null");

    public static int? OptionalInt(this JsonElement input, string name) =>
        Find(input, name, JsonValueKind.Number) is not { } value ? null
        : value.TryGetInt32(out var number) ? number
        : throw Wrong(name, "an integer");

    public static bool? OptionalBool(this JsonElement input, string name) =>
        Find(input, name, null) switch
        {
            null => null,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            _ => throw Wrong(name, "a boolean"),
        };

    public static IReadOnlyList<JsonElement> OptionalList(this JsonElement input, string name) =>
        Find(input, name, JsonValueKind.Array) is { } value ? [.. value.EnumerateArray()] : [];

    public static IReadOnlyList<string> OptionalStrings(this JsonElement input, string name) =>
        [.. OptionalList(input, name).Select(item =>
            item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name, "a list of strings"))];

    /// <summary>A timestamp: epoch seconds (JSON protocols) or ISO 8601 (state machines).</summary>
    public static DateTimeOffset? OptionalTime(this JsonElement input, string name) =>
        Find(input, name, null) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Number } number => DateTimeOffset.UnixEpoch.AddSeconds(number.GetDouble()),
            { ValueKind: JsonValueKind.String } text when DateTimeOffset.TryParse(
                text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
            _ => throw Wrong(name, "a timestamp"),
        };

    public static double ToEpochSeconds(this DateTimeOffset time) => Math.Round((time - DateTimeOffset.UnixEpoch).TotalSeconds, 3);

    public static AwsServiceException Invalid(string message) => new("ValidationException", message);

    private static AwsServiceException Wrong(string name, string expected) =>
        new("SerializationException", $"'{name}' must be {expected}.");

    private static JsonElement? Find(JsonElement input, string name, JsonValueKind? kind)
    {
        if (input.ValueKind != JsonValueKind.Object)
        {
            throw new AwsServiceException("SerializationException", $"Expected an object with '{name}'.");
        }

        if (!input.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return kind is null || value.ValueKind == kind ? value : throw Wrong(name, $"of type {kind}");
    }
}
