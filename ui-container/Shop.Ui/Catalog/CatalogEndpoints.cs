using Shop.Contracts;
using Shop.Ui.Backends;
using Shop.Ui.Http;
using Shop.Ui.Visits;

namespace Shop.Ui.Catalog;

internal static class CatalogEndpoints
{
    private const int MostRelated = 4;

    public static void MapCatalog(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/catalog", Page.Reading, ListAsync);
        app.MapMethods("/catalog/{id}", Page.Reading, ShowAsync);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, CatalogClient catalog, Visit visit, CancellationToken cancellationToken)
    {
        if (CatalogQuery.Read(request.Query) is not { } query)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var cart = visit.CartAsync(cancellationToken);
        var products = catalog.ListAsync(query, cancellationToken).OrNothing();
        var tags = catalog.TagsAsync(cancellationToken).OrNothing();
        await Task.WhenAll(cart, products, tags);

        var listed = await products;
        var view = new CatalogView(query, await tags ?? [], listed?.Items, listed?.Total ?? listed?.Items.Count ?? 0);
        return Page.Of<CatalogPage>(view, complete: listed is not null);
    }

    private static async Task<IResult> ShowAsync(string id, CatalogClient catalog, Visit visit, CancellationToken cancellationToken)
    {
        var cart = visit.CartAsync(cancellationToken);
        var product = await catalog.FindAsync(id, cancellationToken);
        if (product is null)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        var related = await RelatedAsync(product, catalog, cancellationToken);
        await cart;
        return Page.Of<ProductPage>(new ProductView(product, related));
    }

    private static async Task<IReadOnlyList<Product>> RelatedAsync(Product product, CatalogClient catalog, CancellationToken cancellationToken)
    {
        if (product.Tag.Count == 0)
        {
            return [];
        }

        var query = CatalogQuery.Default with { Tag = product.Tag[0], Size = MostRelated + 1 };
        var listed = await catalog.ListAsync(query, cancellationToken).OrNothing();
        return [.. (listed?.Items ?? []).Where(p => p.Id != product.Id).Take(MostRelated)];
    }
}
