using System.Globalization;
using System.Text.Json;

namespace Shop.Failover.Preflight;

/// <summary>Reads what services answered, where a part may be absent.</summary>
internal static class Facts
{
    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A string attribute of the item in DynamoDB's answer.</summary>
    public static string? Attribute(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("Item", out var item)
        && item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var attribute)
            ? Text(attribute, "S")
            : null;

    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s";
}
