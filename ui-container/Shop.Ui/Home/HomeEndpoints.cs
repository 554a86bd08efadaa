using Shop.Contracts;
using Shop.Ui.Backends;
using Shop.Ui.Catalog;
using Shop.Ui.Http;
using Shop.Ui.Visits;

namespace Shop.Ui.Home;

/// <summary><c>Products</c> is null while the catalog can't be read.</summary>
public sealed record HomeView(IReadOnlyList<Product>? Products, IReadOnlyList<Shelf> Shelves, IReadOnlyList<WorldClock> Clocks);

internal static class HomeEndpoints
{
    private static readonly CatalogQuery Everything = CatalogQuery.Default with { Size = 100 };

    public static void MapHome(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/", Page.Reading, () => Page.SeeOther("/home"));
        app.MapMethods("/home", Page.Reading, ShowAsync);
    }

    private static async Task<IResult> ShowAsync(CatalogClient catalog, Visit visit, TimeProvider time, CancellationToken cancellationToken)
    {
        var cart = visit.CartAsync(cancellationToken);
        var products = catalog.ListAsync(Everything, cancellationToken).OrNothing();
        var tags = catalog.TagsAsync(cancellationToken).OrNothing();
        await Task.WhenAll(cart, products, tags);

        var now = time.GetUtcNow();
        var all = (await products)?.Items;
        var window = all is null ? null : ShopWindow.Dress(all, now);
        return Page.Of<HomePage>(new HomeView(
            window, ShopWindow.Shelves(all ?? [], await tags ?? [], window ?? []), WorldClock.Pair(visit.Region, now)));
    }
}
