using System.Globalization;
using Shop.Contracts;
using Shop.Ui.Backends;
using Shop.Ui.Catalog;
using Shop.Ui.Http;
using Shop.Ui.Visits;

namespace Shop.Ui.Carts;

internal static class CartEndpoints
{
    private const int Most = 99;

    public static void MapCart(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/cart", Page.Reading, ShowAsync);
        app.MapPost("/cart", AddAsync);
        app.MapPost("/cart/update", UpdateAsync);
        app.MapPost("/cart/remove", RemoveAsync);
    }

    private static async Task<IResult> ShowAsync(Visit visit, CatalogClient catalog, CancellationToken cancellationToken)
    {
        if (await visit.CartAsync(cancellationToken) is not { } cart)
        {
            throw new BackendUnavailableException("The cart can't be read.");
        }

        var products = await catalog.FindManyAsync(cart.Items.Select(i => i.ItemId), cancellationToken).OrNothing();
        return Page.Of<CartPage>(CartView.Of(cart, products));
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, Visit visit, CatalogClient catalog, CartsClient carts, CancellationToken cancellationToken)
    {
        var form = await FormFields.ReadAsync(context);
        var quantity = form["quantity"].Length == 0 ? 1 : Quantity(form["quantity"], least: 1);
        if (form["productId"].Length == 0 || quantity is null)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (await catalog.FindAsync(form["productId"], cancellationToken) is not { } product)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        var isAdded = await carts.AddAsync(visit.SessionId, new CartItem(product.Id, quantity.Value, product.Price), cancellationToken);
        return isAdded ? Page.SeeOther("/cart") : Results.StatusCode(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, Visit visit, CartsClient carts, CancellationToken cancellationToken)
    {
        var form = await FormFields.ReadAsync(context);
        if (Quantity(form["quantity"], least: 0) is not { } quantity)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var cart = await carts.GetAsync(visit.SessionId, cancellationToken);
        if (cart.Items.FirstOrDefault(i => i.ItemId == form["productId"]) is not { } line)
        {
            return Page.SeeOther("/cart");
        }

        await (quantity == 0
            ? carts.RemoveAsync(visit.SessionId, line.ItemId, cancellationToken)
            : carts.SetAsync(visit.SessionId, line with { Quantity = quantity }, cancellationToken));
        return Page.SeeOther("/cart");
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, Visit visit, CartsClient carts, CancellationToken cancellationToken)
    {
        var form = await FormFields.ReadAsync(context);
        if (!ProductIds.CanBe(form["productId"]))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        await carts.RemoveAsync(visit.SessionId, form["productId"], cancellationToken);
        return Page.SeeOther("/cart");
    }

    private static int? Quantity(string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= Most ? n : null;
}
