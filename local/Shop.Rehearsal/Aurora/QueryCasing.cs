using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace Shop.Rehearsal.Aurora;

/// <summary>Between the query API's spelling, <c>DBClusterIdentifier</c>, and that of Step Functions, <c>DbClusterIdentifier</c>.</summary>
internal static class QueryCasing
{
    public static string Action(string action) => char.ToLowerInvariant(action[0]) + action[1..];

    public static JsonElement Parameters(IEnumerable<KeyValuePair<string, StringValues>> form)
    {
        var parameters = new JsonObject();
        foreach (var (name, value) in form)
        {
            // Lists are flattened to Filters.Filter.1.Name and the like; none of them changes what the rehearsal answers.
            parameters[FromQuery(name.Split('.')[0])] = value.ToString();
        }

        return JsonSerializer.SerializeToElement(parameters);
    }

    public static string ToQuery(string name) => name.StartsWith("Db", StringComparison.Ordinal) ? $"DB{name[2..]}" : name;

    private static string FromQuery(string name) => name.StartsWith("DB", StringComparison.Ordinal) ? $"Db{name[2..]}" : name;
}
