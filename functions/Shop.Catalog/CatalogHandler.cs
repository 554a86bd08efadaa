using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shop.Contracts;
using Shop.Lambda.Http;

namespace Shop.Catalog;

internal static class CatalogHandler
{
    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        var catalogue = routes.MapGroup("/catalogue").WithTags("Catalogue");
        catalogue.MapGet("/", ListAsync).WithName("ListProducts").Produces<Product[]>().Produces(304).ProducesProblems(400, 503);
        catalogue.MapGet("/size", SizeAsync).WithName("CountProducts").Produces<CatalogueSize>().ProducesProblems(503);
        catalogue.MapGet("/tags", TagsAsync).WithName("ListTags").Produces<ProductTag[]>().Produces(304).ProducesProblems(503);
        catalogue.MapGet("/product/{id}", ProductAsync).WithName("GetProduct")
            .Produces<Product>().Produces(304).ProducesProblems(404, 503);
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
