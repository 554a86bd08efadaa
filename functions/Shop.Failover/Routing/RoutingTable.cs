using System.Globalization;
using System.Text.Json;
using Shop.Aws;
using Shop.Lambda;

namespace Shop.Failover.Routing;

/// <summary>
/// Routing without an ARC cluster: one item of the control table says which Regions are Off, and each Region tells it to Route 53's health checks by a metric
/// of its own, at each change and once a minute. A control's name is its Region's code.
/// </summary>
/// <remarks>
/// Only this Region's data planes are used. The table's replicas agree within a second or two; while they are cut off from each other each Region goes by its
/// own, and a Region takes shoppers while none of the two that are heard holds it closed.
/// </remarks>
public sealed class RoutingTable(AwsClient aws, string table, string metricsNamespace, string region) : IRoutingStates
{
    private static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement;

    public async Task<(IReadOnlyList<RoutingEntry> States, string Endpoint)> ReadAsync(
        IReadOnlyList<string> arns, string? excludeEndpoint, CancellationToken cancellationToken)
    {
        var (states, _) = await ReadItemAsync(cancellationToken);
        return ([.. arns.Select(arn => new RoutingEntry(arn, states.GetValueOrDefault(arn, "On")))], region);
    }

    public async Task<string> UpdateAsync(
        IReadOnlyList<RoutingEntry> entries, IReadOnlyList<string> safetyRulesToOverride, CancellationToken cancellationToken)
    {
        var (states, version) = await ReadItemAsync(cancellationToken);
        // A Region that the table does not name is On; of the two this one is known.
        states.TryAdd(region, "On");
        foreach (var entry in entries)
        {
            states[entry.Arn] = entry.State;
        }

        if (states.Values.All(s => s == "Off") && safetyRulesToOverride.Count == 0)
        {
            throw new ShopException("Shop.SafetyRuleBlocked", "The routing was not changed: one Region must stay On.");
        }

        try
        {
            await aws.JsonAsync(AwsService.DynamoDb, "UpdateItem", UpdateRequest(states, version), cancellationToken: cancellationToken);
        }
        catch (AwsException e) when (e.ErrorCode == "ConditionalCheckFailedException")
        {
            throw new ShopException("Shop.RoutingConflict", "Somebody else changed the routing at the same time.", e);
        }

        await TellAsync(states, cancellationToken);
        return region;
    }

    /// <summary>Repeats this Region's word to the health checks; a Region that falls silent counts as having closed nobody.</summary>
    public async Task TellAsync(CancellationToken cancellationToken) => await TellAsync((await ReadItemAsync(cancellationToken)).States, cancellationToken);

    private async Task TellAsync(IReadOnlyDictionary<string, string> states, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> form = [new("Namespace", metricsNamespace)];
        foreach (var (code, state) in states)
        {
            var member = string.Create(CultureInfo.InvariantCulture, $"MetricData.member.{(form.Count + 3) / 4}");
            form.AddRange(
            [
                new($"{member}.MetricName", "Closed"),
                new($"{member}.Dimensions.member.1.Name", "Region"),
                new($"{member}.Dimensions.member.1.Value", code),
                new($"{member}.Value", state == "Off" ? "1" : "0"),
            ]);
        }

        // Nobody was ever closed: there is nothing to tell, and silence means open.
        if (states.Count > 0)
        {
            await aws.QueryAsync(AwsService.CloudWatch, "PutMetricData", form, cancellationToken: cancellationToken);
        }
    }

    private async Task<(Dictionary<string, string> States, long Version)> ReadItemAsync(CancellationToken cancellationToken)
    {
        var answer = await aws.JsonAsync(AwsService.DynamoDb, "GetItem", Request(w => w.WriteBoolean("ConsistentRead", true)), cancellationToken: cancellationToken);
        var item = answer.TryGetProperty("Item", out var found) ? found : Empty;
        var version = item.TryGetProperty("version", out var number) ? long.Parse(number.GetProperty("N").GetString()!, CultureInfo.InvariantCulture) : 0;
        var states = item.TryGetProperty("states", out var map)
            ? map.GetProperty("M").EnumerateObject().ToDictionary(s => s.Name, s => s.Value.GetProperty("S").GetString()!)
            : [];
        return (states, version);
    }

    private byte[] UpdateRequest(Dictionary<string, string> states, long version) => Request(w =>
    {
        w.WriteString("UpdateExpression", "SET states = :states, version = :next");
        w.WriteString("ConditionExpression", version == 0 ? "attribute_not_exists(pk)" : "version = :known");
        w.WriteStartObject("ExpressionAttributeValues");
        w.WriteStartObject(":states");
        w.WriteStartObject("M");
        foreach (var (code, state) in states)
        {
            w.WriteStartObject(code);
            w.WriteString("S", state);
            w.WriteEndObject();
        }

        w.WriteEndObject();
        w.WriteEndObject();
        WriteNumber(w, ":next", version + 1);
        if (version > 0)
        {
            WriteNumber(w, ":known", version);
        }

        w.WriteEndObject();
    });

    private static void WriteNumber(Utf8JsonWriter writer, string name, long value)
    {
        writer.WriteStartObject(name);
        writer.WriteString("N", value.ToString(CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    private byte[] Request(Action<Utf8JsonWriter> write) => JsonBody.Of(w =>
    {
        w.WriteString("TableName", table);
        w.WriteStartObject("Key");
        w.WriteStartObject("pk");
        w.WriteString("S", "routing");
        w.WriteEndObject();
        w.WriteEndObject();
        write(w);
    });
}
