using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Shop.Contracts;
using Shop.OpenApi;

namespace Shop.Catalog;

/// <summary>What the OpenAPI document says beyond routes and types.</summary>
internal static class CatalogDocument
{
    public static IServiceCollection AddCatalogDocument(this IServiceCollection services) =>
        services.AddApiDocument("Catalog", "Products, searched, filtered by tags and paged.", types =>
        {
            types.Of<Product>()
                .WholeNumber(0, long.MaxValue, "price")
                .Form("^[A-Z]{3}$", "currency")
                .Explain("price", "In minor units (cents) of the currency.")
                .Explain("tag", "Names of all of its tags.")
                .Example(
                    """
                    {"id":"6d62d909-f957-430e-8689-b5129c0bb75e","name":"Pocket Watch","description":"Properly dapper.",
                     "imageUrl":"/assets/pocket_watch.svg","price":38500,"currency":"USD","count":33,"tag":["dress"]}
                    """);
            types.Of<CatalogueSize>().WholeNumber(0, int.MaxValue, "size");
        });

    public static RouteHandlerBuilder WithTagsParameter(this RouteHandlerBuilder route) => route.WithParameter(
        "tags", "Names of tags, comma separated: products that have one of them.", () => new() { Type = JsonSchemaType.String });

    public static RouteHandlerBuilder WithEntityTag(this RouteHandlerBuilder route) => route
        .WithParameter("If-None-Match", "Tags that the client has: 304 when one is current.", () => new() { Type = JsonSchemaType.String })
        .WithHeader("ETag", "Strong, of the content.", () => Schemas.Matching("^\"[0-9a-f]{32}\"$"), 200, 304)
        .WithHeader("Cache-Control", "Ask whether it is current before it is used again.", () => Schemas.Choice("no-cache"), 200, 304);
}
