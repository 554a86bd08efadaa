using Shop.Contracts;
using Shop.Ui.Backends;
using Shop.Ui.Catalog;
using Shop.Ui.Http;
using Shop.Ui.Visits;

namespace Shop.Ui.Home;

public sealed record HomeView(IReadOnlyList<Product>? Products, IReadOnlyList<ProductTag> Tags);

internal static class HomeEndpoints
{
    private static readonly CatalogQuery Hot = CatalogQuery.Default with { Size = 4 };

    public static void MapHome(this IEndpointRouteBuilder app)
    {
        app.MapPage("/", () => Page.SeeOther("/home"));
        app.MapPage("/home", ShowAsync);
    }

    private static async Task<IResult> ShowAsync(CatalogClient catalog, Visit visit, CancellationToken cancellationToken)
    {
        var cart = visit.CartAsync(cancellationToken);
        var products = catalog.ListAsync(Hot, cancellationToken).OrNothing();
        var tags = catalog.TagsAsync(cancellationToken).OrNothing();
        await Task.WhenAll(cart, products, tags);
        return Page.Of<HomePage>(new HomeView((await products)?.Items, await tags ?? []));
    }
}
