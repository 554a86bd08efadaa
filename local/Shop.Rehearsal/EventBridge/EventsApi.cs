using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.EventBridge;

/// <summary><c>PutEvents</c> of the EventBridge API.</summary>
public static class EventsApi
{
    private const int MostEntries = 10;

    public static IReadOnlyDictionary<string, AwsOperation> Operations(EventBus bus) => new Dictionary<string, AwsOperation>
    {
        ["PutEvents"] = (input, _) => Task.FromResult(PutEvents(bus, input)),
    };

    public static AwsJsonApi ToJsonApi(EventBus bus, ILogger? logger = null) => new("AWSEvents", "1.1", Operations(bus), logger);

    private static JsonObject PutEvents(EventBus bus, JsonElement input)
    {
        var entries = input.OptionalList("Entries");
        if (entries.Count is 0 or > MostEntries)
        {
            throw AwsRequest.Invalid($"Entries must have between 1 and {MostEntries} members, not {entries.Count}.");
        }

        var results = entries.Select(entry => Put(bus, entry)).ToList();
        return new()
        {
            ["FailedEntryCount"] = results.Count(result => result.ContainsKey("ErrorCode")),
            ["Entries"] = new JsonArray([.. results]),
        };
    }

    private static JsonObject Put(EventBus bus, JsonElement entry)
    {
        var source = entry.OptionalString("Source");
        var detailType = entry.OptionalString("DetailType");
        if (string.IsNullOrEmpty(source) || string.IsNullOrEmpty(detailType))
        {
            return Failure("InvalidArgument", "Parameters Source and DetailType are required.");
        }

        if (source.StartsWith("aws.", StringComparison.Ordinal))
        {
            return Failure("NotAuthorizedForSourceException", "Not authorized for the source.");
        }

        if (ParseDetail(entry.OptionalString("Detail")) is not { } detail)
        {
            return Failure("MalformedDetail", "Detail is malformed.");
        }

        return new()
        {
            ["EventId"] = bus.Publish(source, detailType, detail, entry.OptionalStrings("Resources"), entry.OptionalTime("Time")),
        };
    }

    private static JsonObject? ParseDetail(string? detail)
    {
        try
        {
            return detail is null ? null : JsonNode.Parse(detail) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject Failure(string code, string message) => new() { ["ErrorCode"] = code, ["ErrorMessage"] = message };
}
