using System.Text.Json.Nodes;

namespace Shop.Rehearsal.DynamoDb;

/// <summary>The two operations on expiry, which the engine has not got.</summary>
internal static class TimeToLive
{
    /// <summary>Null: not one of them.</summary>
    public static JsonObject? Answer(string operation, JsonObject input, IDictionary<string, string> attributes)
    {
        var table = input["TableName"] is JsonValue name && name.TryGetValue<string>(out var text) ? text : "";
        switch (operation)
        {
            case "UpdateTimeToLive" when input["TimeToLiveSpecification"] is JsonObject specification:
                var attribute = (string?)specification["AttributeName"] ?? "";
                if ((bool?)specification["Enabled"] ?? false)
                {
                    attributes[table] = attribute;
                }
                else
                {
                    attributes.Remove(table);
                }

                return new JsonObject { ["TimeToLiveSpecification"] = specification.DeepClone() };
            case "DescribeTimeToLive":
                var description = attributes.TryGetValue(table, out var known)
                    ? new JsonObject { ["TimeToLiveStatus"] = "ENABLED", ["AttributeName"] = known }
                    : new JsonObject { ["TimeToLiveStatus"] = "DISABLED" };
                return new JsonObject { ["TimeToLiveDescription"] = description };
            default:
                return null;
        }
    }
}
