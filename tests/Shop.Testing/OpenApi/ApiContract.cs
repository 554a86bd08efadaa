using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Testing.OpenApi;

/// <summary>An OpenAPI 3.1 document, as a judge of exchanges.</summary>
public sealed class ApiContract
{
    /// <summary>A request header: the test breaks the service itself, and asks for 500.</summary>
    public const string FaultIsMeant = "Shop-Test-Fault-Is-Meant";

    private static readonly string[] UndescribedHeaders = ["Content-Type", "Content-Length", "Date", "Server", "Transfer-Encoding"];
    private readonly JsonObject _document;
    private readonly DocumentSchemas _schemas;

    private ApiContract(JsonObject document)
    {
        _document = document;
        _schemas = new DocumentSchemas(document);
    }

    public static ApiContract Parse(string text)
    {
        var document = JsonNode.Parse(text)!.AsObject();
        return (string?)document["openapi"] is { } version && version.StartsWith("3.1", StringComparison.Ordinal)
            ? new ApiContract(document)
            : throw new FormatException("The document is not OpenAPI 3.1.");
    }

    /// <summary>Every operation as <c>GET /path/{id}</c>.</summary>
    public IEnumerable<string> Operations => Paths.SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key}"));

    private JsonObject Paths => _document["paths"]!.AsObject();

    /// <returns>What the document does not describe; empty when all fits.</returns>
    public IReadOnlyList<string> Check(Exchange exchange)
    {
        // The document does not describe itself.
        if (exchange.Path.EndsWith("/openapi.json", StringComparison.OrdinalIgnoreCase))
        {
            return exchange.Status is 200 or 404 or 405 ? [] : [$"status {exchange.Status} of the document itself"];
        }

        if (IsOfTheWebServer(exchange))
        {
            return [];
        }

        if (exchange.Status == 500 && exchange.RequestHeaders.ContainsKey(FaultIsMeant))
        {
            return [.. CheckResponse(exchange, _document["components"]!["responses"]!["Fault"]!.AsObject())];
        }

        var routes = Paths.Select(p => new PathTemplate(p.Key)).Where(t => t.Matches(exchange.Path)).OrderByDescending(t => t.Literals).ToList();
        if (routes.Count == 0)
        {
            return CheckRefusal(exchange, 404, "UnknownPath");
        }

        var method = exchange.Method.ToLowerInvariant();
        return routes.FirstOrDefault(r => Paths[r.Text]!.AsObject().ContainsKey(method)) is not { } route
            ? CheckRefusal(exchange, 405, "MethodNotAllowed")
            : CheckOperation(exchange, route, Paths[route.Text]![method]!.AsObject());
    }

    // Kestrel refuses what is no HTTP before the API sees it, and hangs up; behind Lambda that is the load balancer's part.
    private static bool IsOfTheWebServer(Exchange exchange) =>
        exchange is { Status: 400 or 414 or 431, Body.Length: 0 } && exchange.Headers.GetValueOrDefault("Connection") == "close";

    private List<string> CheckRefusal(Exchange exchange, int status, string response) => exchange.Status == status
        ? [.. CheckResponse(exchange, _document["components"]!["responses"]![response]!.AsObject())]
        : [$"status {exchange.Status}, but the document does not know the path or the method: {status}"];

    private List<string> CheckOperation(Exchange exchange, PathTemplate route, JsonObject operation)
    {
        if (operation["responses"]![$"{exchange.Status}"] is not JsonObject response)
        {
            return [$"status {exchange.Status} of {exchange.Method} {route.Text}"];
        }

        // What was refused may well be wrong; what was accepted must have been right by the document.
        var accepted = exchange.Status < 400 ? RequestCheck.Of(exchange, route, operation, _schemas) : [];
        return [.. accepted, .. CheckResponse(exchange, response)];
    }

    private IEnumerable<string> CheckResponse(Exchange exchange, JsonObject response) =>
        CheckHeaders(exchange, response["headers"] as JsonObject ?? []).Concat(CheckBody(exchange, response["content"] as JsonObject));

    private IEnumerable<string> CheckHeaders(Exchange exchange, JsonObject described)
    {
        foreach (var name in exchange.Headers.Keys.Except(UndescribedHeaders, StringComparer.OrdinalIgnoreCase))
        {
            if (!described.Any(d => d.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"header {name} is not in the document";
            }
        }

        foreach (var (name, header) in described)
        {
            if (!exchange.Headers.TryGetValue(name, out var value))
            {
                if ((bool?)header!["required"] == true)
                {
                    yield return $"header {name} is missing";
                }

                continue;
            }

            foreach (var error in _schemas.CheckText(header!["schema"]!, value))
            {
                yield return $"header {name}: {error}";
            }
        }
    }

    private IEnumerable<string> CheckBody(Exchange exchange, JsonObject? content)
    {
        if (content is null)
        {
            return exchange.Body.Length == 0 ? [] : ["a body, where the document has none"];
        }

        if (exchange.Method == "HEAD")
        {
            return [];
        }

        if (exchange.ContentType is not { } type || content[type] is not { } media)
        {
            return [$"content type {exchange.ContentType ?? "(none)"} is not one of {string.Join(", ", content.Select(c => c.Key))}"];
        }

        try
        {
            using var body = JsonDocument.Parse(exchange.Body);
            return [.. _schemas.CheckClosed(media["schema"]!, body.RootElement).Select(e => $"body{e}")];
        }
        catch (JsonException e)
        {
            return [$"body is not JSON: {e.Message}"];
        }
    }
}
