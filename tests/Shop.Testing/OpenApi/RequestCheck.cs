using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Shop.Testing.OpenApi;

/// <summary>Whether a request is one that the document allows.</summary>
internal static class RequestCheck
{
    public static IEnumerable<string> Of(Exchange exchange, PathTemplate route, JsonObject operation, DocumentSchemas schemas) =>
        Parameters(exchange, route, operation["parameters"] as JsonArray ?? [], schemas).Concat(Body(exchange, operation["requestBody"], schemas));

    private static IEnumerable<string> Parameters(Exchange exchange, PathTemplate route, JsonArray parameters, DocumentSchemas schemas)
    {
        var path = route.Read(exchange.Path);
        var query = QueryHelpers.ParseQuery(exchange.Query);
        foreach (var parameter in parameters)
        {
            var name = (string)parameter!["name"]!;
            var value = (string?)parameter["in"] switch
            {
                "path" => path.GetValueOrDefault(name),
                "query" => query.FirstOrDefault(q => q.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value.ToString(),
                "header" => exchange.RequestHeaders.GetValueOrDefault(name),
                var other => throw new FormatException($"Parameter {name} is in '{other}'; expected path, query or header."),
            };
            // An empty one is as good as none: ?page= asks for the first page.
            if (string.IsNullOrEmpty(value))
            {
                if ((bool?)parameter["required"] == true)
                {
                    yield return $"accepted without parameter {name}";
                }

                continue;
            }

            foreach (var error in schemas.CheckText(parameter["schema"]!, value))
            {
                yield return $"accepted with parameter {name}: {error}";
            }
        }
    }

    private static List<string> Body(Exchange exchange, JsonNode? described, DocumentSchemas schemas)
    {
        if (described is null)
        {
            return [];
        }

        using var body = JsonDocument.Parse(exchange.RequestBody);
        return [.. schemas.CheckOpen(described["content"]!["application/json"]!["schema"]!, body.RootElement).Select(e => $"accepted with request{e}")];
    }
}
