using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Shop.Rehearsal.Aurora;

internal static class QueryXml
{
    private static readonly XNamespace Rds = "http://rds.amazonaws.com/doc/2014-10-31/";

    /// <summary>What the elements of a list are called.</summary>
    private static readonly Dictionary<string, string> Elements = new(StringComparer.Ordinal)
    {
        ["GlobalClusters"] = "GlobalClusterMember",
        ["GlobalClusterMembers"] = "GlobalClusterMember",
        ["DbClusters"] = "DBCluster",
        ["DbClusterMembers"] = "DBClusterMember",
        ["DbInstances"] = "DBInstance",
        ["DbClusterSnapshots"] = "DBClusterSnapshot",
    };

    public static string Answer(string action, JsonObject result, string requestId) => new XElement(
        Rds + $"{action}Response",
        new XElement(Rds + $"{action}Result", Members(result)),
        new XElement(Rds + "ResponseMetadata", new XElement(Rds + "RequestId", requestId))).ToString(SaveOptions.DisableFormatting);

    public static string Error(RdsFault fault, string requestId) => new XElement(
        Rds + "ErrorResponse",
        new XElement(
            Rds + "Error",
            new XElement(Rds + "Type", fault.HttpStatus < 500 ? "Sender" : "Receiver"),
            new XElement(Rds + "Code", fault.Code),
            new XElement(Rds + "Message", fault.Message)),
        new XElement(Rds + "RequestId", requestId)).ToString(SaveOptions.DisableFormatting);

    private static IEnumerable<XElement> Members(JsonObject shape) =>
        shape.Select(member => new XElement(Rds + QueryCasing.ToQuery(member.Key), Content(member.Key, member.Value)));

    private static object? Content(string name, JsonNode? value) => value switch
    {
        JsonObject shape => Members(shape),
        JsonArray list => list.Select(item => new XElement(Rds + Elements.GetValueOrDefault(name, "member"), Content("", item))),
        // JSON spells true and false as XML does; only texts carry quotes.
        JsonValue text when text.TryGetValue<string>(out var plain) => plain,
        _ => value?.ToJsonString(),
    };
}
