using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Shop.Contracts;
using Shop.Lambda.Http;
using Shop.OpenApi;

namespace Shop.Catalog;

internal static class CatalogHandler
{
    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        var catalogue = routes.MapGroup("/catalogue").WithTags("Catalogue");
        catalogue.MapGet("/", ListAsync).WithName("ListProducts").WithSummary("A page of products")
            .Produces<Product[]>().Produces(304).ProducesProblems(400, 503)
            .WithTagsParameter()
            .WithParameter("search", "What name or description must contain.", () => new() { Type = JsonSchemaType.String, MaxLength = CatalogQuery.MaximumText })
            .WithParameter("order", "How the products are ordered; name is the default.", () => Schemas.Choice("name", "price_asc", "price_desc"))
            .WithParameter("page", "From 1.", () => Schemas.WholeNumber(1, int.MaxValue, 1))
            .WithParameter("size", "Products a page.", () => Schemas.WholeNumber(1, CatalogQuery.MaximumSize, CatalogQuery.UsualSize))
            .WithHeader("X-Total-Count", "Products on all pages.", () => Schemas.WholeNumber(0), 200, 304)
            .WithEntityTag();
        catalogue.MapGet("/size", SizeAsync).WithName("CountProducts").WithSummary("How many products there are")
            .Produces<CatalogueSize>().Produces(304).ProducesProblems(400, 503).WithTagsParameter().WithEntityTag();
        catalogue.MapGet("/tags", TagsAsync).WithName("ListTags").WithSummary("All tags")
            .Produces<ProductTag[]>().Produces(304).ProducesProblems(503).WithEntityTag();
        catalogue.MapGet("/product/{id}", ProductAsync).WithName("GetProduct").WithSummary("One product")
            .Produces<Product>().Produces(304).ProducesProblems(404, 503).WithEntityTag();
    }

    private static async Task<IResult> ListAsync(
        string? tags, string? search, string? order, string? page, string? size, HttpResponse response, ICatalogStore store,
        CancellationToken cancellationToken)
    {
        var found = await store.ListAsync(CatalogQuery.Parse(tags, search, order, page, size), cancellationToken);
        var total = found.Total.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Total-Count"] = total;
        return ConditionalJson.Of(found.Products, CatalogJson.Default.IReadOnlyListProduct, total);
    }

    private static async Task<IResult> SizeAsync(string? tags, ICatalogStore store, CancellationToken cancellationToken) =>
        ConditionalJson.Of(new CatalogueSize(await store.CountAsync(CatalogQuery.ParseTags(tags), cancellationToken)), CatalogJson.Default.CatalogueSize);

    private static async Task<IResult> TagsAsync(ICatalogStore store, CancellationToken cancellationToken) =>
        ConditionalJson.Of(await store.TagsAsync(cancellationToken), CatalogJson.Default.IReadOnlyListProductTag);

    private static async Task<IResult> ProductAsync(string id, ICatalogStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } product
            ? ConditionalJson.Of(product, CatalogJson.Default.Product)
            : ProblemResult.NotFound("There is no product with this id.");
}
