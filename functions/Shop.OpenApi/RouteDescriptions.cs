using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Shop.OpenApi;

/// <summary>Says of a route what its handler's signature doesn't. Nothing is built before the document is asked for.</summary>
public static class RouteDescriptions
{
    /// <param name="route">Is described.</param>
    /// <param name="name">Of a parameter in path, query or header; one that the signature doesn't have is a header.</param>
    /// <param name="description">What it means.</param>
    /// <param name="schema">Makes its schema.</param>
    public static RouteHandlerBuilder WithParameter(
        this RouteHandlerBuilder route, string name, string description, Func<OpenApiSchema> schema) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            var parameter = operation.Parameters.OfType<OpenApiParameter>().FirstOrDefault(p => p.Name == name);
            if (parameter is null)
            {
                operation.Parameters.Add(parameter = new OpenApiParameter { Name = name, In = ParameterLocation.Header });
            }

            parameter.Description = description;
            parameter.Schema = schema();
            return Task.CompletedTask;
        });

    /// <summary>The query parameter can't be left out, though the signature lets it be: it does so only to name it in a 400.</summary>
    public static RouteHandlerBuilder WithRequired(this RouteHandlerBuilder route, string parameter) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters!.OfType<OpenApiParameter>().Single(p => p.Name == parameter).Required = true;
            return Task.CompletedTask;
        });

    /// <param name="route">Is described.</param>
    /// <param name="name">Of a header that every answer with one of the statuses has, unless it is optional.</param>
    /// <param name="description">What it means.</param>
    /// <param name="schema">Makes its schema.</param>
    /// <param name="statuses">Which answers have it.</param>
    public static RouteHandlerBuilder WithHeader(
        this RouteHandlerBuilder route, string name, string description, Func<OpenApiSchema> schema, params int[] statuses) =>
        route.WithHeader(name, description, isAlwaysThere: true, schema, statuses);

    public static RouteHandlerBuilder WithOptionalHeader(
        this RouteHandlerBuilder route, string name, string description, Func<OpenApiSchema> schema, params int[] statuses) =>
        route.WithHeader(name, description, isAlwaysThere: false, schema, statuses);

    /// <summary>What this route's body must have beyond what its type always does.</summary>
    public static RouteHandlerBuilder WithRequiredFields(this RouteHandlerBuilder route, params string[] fields) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var body = operation.RequestBody!.Content!["application/json"];
            var required = new OpenApiSchema
            {
                Required = new HashSet<string>(fields),
                Properties = fields.ToDictionary(f => f, IOpenApiSchema (_) => new OpenApiSchema { Not = new OpenApiSchema { Type = JsonSchemaType.Null } }),
            };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = new OpenApiSchema { AllOf = [body.Schema!, required] } },
                },
            };
            return Task.CompletedTask;
        });

    private static RouteHandlerBuilder WithHeader(
        this RouteHandlerBuilder route, string name, string description, bool isAlwaysThere, Func<OpenApiSchema> schema, int[] statuses) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var status in statuses)
            {
                var response = (OpenApiResponse)operation.Responses![status.ToString(System.Globalization.CultureInfo.InvariantCulture)];
                response.Headers ??= new Dictionary<string, IOpenApiHeader>();
                response.Headers[name] = new OpenApiHeader { Description = description, Required = isAlwaysThere, Schema = schema() };
            }

            return Task.CompletedTask;
        });
}
