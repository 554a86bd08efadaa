using Microsoft.OpenApi;
using Shop.Contracts;

namespace Shop.OpenApi;

/// <summary>What answers have in common: headers of all, and the problems that the framework answers before a handler is asked.</summary>
internal static class CommonResponses
{
    private const string ProblemType = "application/problem+json";

    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["304"] = "The client has it already: the tag in If-None-Match is the current one.",
        ["400"] = "The request is not valid; errors names every field.",
        ["403"] = "Not for this caller.",
        ["404"] = "There is no such thing.",
        ["409"] = "Conflicts with the current state.",
        ["413"] = "The body has more than 1 MB.",
        ["415"] = "The body is not sent as application/json.",
        ["422"] = "The idempotency key was used with another content.",
        ["503"] = "A store can't be reached. Nothing was changed, or a repetition with the same key finds what was.",
    };

    public static void Add(OpenApiDocument document)
    {
        foreach (var (path, method, operation) in Operations(document))
        {
            if (method != HttpMethod.Get)
            {
                AddProblem(document, operation, "413");
            }

            if (operation.RequestBody is not null)
            {
                AddProblem(document, operation, "415");
            }

            foreach (var (status, response) in operation.Responses!)
            {
                Describe(status, (OpenApiResponse)response);
                if (path.EndsWith("/health", StringComparison.Ordinal))
                {
                    response.Headers!["Cache-Control"] = new OpenApiHeader { Required = true, Schema = Schemas.Choice("no-store") };
                }
            }
        }

        document.Components!.Responses = new Dictionary<string, IOpenApiResponse>
        {
            ["UnknownPath"] = Problem(document, "404: no API of the store has this path."),
            ["Fault"] = Problem(document, "500: a fault of the service, whatever was asked."),
            ["MethodNotAllowed"] = Problem(document, "405: the path takes other methods, which Allow lists.", ("Allow", "The methods that the path takes.")),
        };
    }

    private static IEnumerable<(string Path, HttpMethod Method, OpenApiOperation Operation)> Operations(OpenApiDocument document) =>
        document.Paths.SelectMany(p => (p.Value.Operations ?? []).Select(o => (p.Key, o.Key, o.Value)));

    private static void AddProblem(OpenApiDocument document, OpenApiOperation operation, string status) =>
        operation.Responses!.TryAdd(status, new OpenApiResponse { Content = ProblemContent(document) });

    private static void Describe(string status, OpenApiResponse response)
    {
        if (Descriptions.TryGetValue(status, out var description))
        {
            response.Description = description;
        }

        AddHeaders(response);
        if (status == "503" && response.Content?.ContainsKey(ProblemType) == true)
        {
            response.Headers!["Retry-After"] = new OpenApiHeader { Required = true, Description = "Seconds.", Schema = Schemas.WholeNumber(1) };
        }
    }

    private static OpenApiResponse Problem(OpenApiDocument document, string description, params (string Name, string Description)[] headers)
    {
        var response = new OpenApiResponse { Description = description, Content = ProblemContent(document) };
        AddHeaders(response);
        foreach (var (name, text) in headers)
        {
            response.Headers![name] = new OpenApiHeader { Required = true, Description = text, Schema = Schemas.Matching("^[A-Z]+(, [A-Z]+)*$") };
        }

        return response;
    }

    private static Dictionary<string, OpenApiMediaType> ProblemContent(OpenApiDocument document) =>
        new() { [ProblemType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(Problem), document) } };

    private static void AddHeaders(OpenApiResponse response)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers["X-Region"] = new OpenApiHeader
        {
            Required = true, Description = "The Region that answered.", Schema = Schemas.Matching("^[a-z]+(-[a-z]+)+-[0-9]$"),
        };
        response.Headers[CorrelationId.Header] = new OpenApiHeader
        {
            Required = true, Description = "What logs and events of this request carry: the client's own id, or one that was chosen for it.",
            Schema = Schemas.Matching("^[A-Za-z0-9._-]{1,64}$"),
        };
        response.Headers["X-Amzn-Trace-Id"] = new OpenApiHeader
        {
            Description = "As the request had it.", Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
    }
}
