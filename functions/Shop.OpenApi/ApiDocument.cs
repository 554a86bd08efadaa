using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Shop.OpenApi;

/// <summary>An API's OpenAPI document: made from its routes when it is first asked for, so a cold start pays nothing for it.</summary>
public static class ApiDocument
{
    private const string Conventions =
        """
        Money is an integer in minor units (cents) with its currency beside it. Errors are problem+json with a stable type; a 400 names every
        invalid field. An unknown path is 404 and a known path with another method 405, see components/responses. A 503 may be repeated after
        Retry-After; a write that has to be safe to repeat takes an Idempotency-Key. A 500 is a fault of the service.
        """;

    /// <param name="services">Of the API.</param>
    /// <param name="title">Of the document.</param>
    /// <param name="description">What the API is for, in a sentence.</param>
    /// <param name="describeTypes">Says what C# types can't: bounds, forms and examples of fields.</param>
    public static IServiceCollection AddApiDocument(
        this IServiceCollection services, string title, string description, Action<SchemaCatalog> describeTypes) =>
        services.AddOpenApi(options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = title,
                    Version = "1.0.0",
                    Description = $"{description}\n\n{Conventions}",
                    License = new OpenApiLicense { Name = "MIT-0", Identifier = "MIT-0" },
                };
                // The caller knows where it found the document; the host that this request came by is not the store's name.
                document.Servers = [];
                var types = new SchemaCatalog(document);
                CommonTypes.Describe(types);
                describeTypes(types);
                CommonResponses.Add(document);
                return Task.CompletedTask;
            });
        });
}
