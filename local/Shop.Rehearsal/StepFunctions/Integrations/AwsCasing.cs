using System.Globalization;
using System.Text.Json.Nodes;

namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary>SDK integrations write members in Pascal case, actions in camel case, times as ISO 8601 and errors as exceptions.</summary>
public static class AwsCasing
{
    private static readonly HashSet<string> Times = new(StringComparer.Ordinal)
    {
        "StartDate", "StopDate", "CreationDate", "UpdateDate", "RedriveDate", "Timestamp", "Timestamps", "StateUpdatedTimestamp",
        "StateTransitionedTimestamp", "AlarmConfigurationUpdatedTimestamp",
    };

    public static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    public static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];

    public static string ExceptionName(string name) => name.EndsWith("Exception", StringComparison.Ordinal)
        ? name
        : name.EndsWith("Fault", StringComparison.Ordinal) ? name[..^"Fault".Length] + "Exception" : name + "Exception";

    public static JsonNode? Output(JsonNode? node, string name = "") => node switch
    {
        JsonObject o => new JsonObject(o.Select(member =>
            KeyValuePair.Create(Pascal(member.Key), Output(member.Value, Pascal(member.Key))))),
        JsonArray a => new JsonArray([.. a.Select(item => Output(item, name))]),
        JsonValue v when Times.Contains(name) && v.TryGetValue<double>(out var seconds) => Time(DateTimeOffset.UnixEpoch.AddSeconds(seconds)),
        _ => node?.DeepClone(),
    };

    public static JsonNode? Input(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(member => KeyValuePair.Create(Camel(member.Key), Input(member.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Input)]),
        _ => node?.DeepClone(),
    };

    /// <summary>An instant as Java writes it: milliseconds only when there are any.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
