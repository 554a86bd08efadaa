using Shop.Contracts;
using Shop.Ui.Backends;
using Shop.Ui.Visits;

namespace Shop.Ui.CheckoutSteps;

/// <summary>
/// Keeps the checkout in step with the cart. The checkout lives in one Region and the cart in both, so after a move there is a cart
/// and no checkout: the steps begin again, with nothing lost but what was typed.
/// </summary>
public sealed class CheckoutDesk(Visit visit, CartsClient carts, CatalogClient catalog, CheckoutClient checkouts)
{
    public Task<Checkout?> FindAsync(CancellationToken cancellationToken) => checkouts.FindAsync(visit.SessionId, cancellationToken);

    /// <summary>Builds the checkout again from the cart, with the changed parts. Null when the back-end refuses it.</summary>
    public Task<Checkout?> UpdateAsync(
        IReadOnlyList<CheckoutItem> items, Func<CheckoutRequest, CheckoutRequest> change, CheckoutRequest? before, CancellationToken cancellationToken) =>
        checkouts.UpdateAsync(
            visit.SessionId,
            change(before ?? new CheckoutRequest([])) with { Items = items, Subtotal = items.Sum(i => i.TotalCost) },
            cancellationToken);

    /// <summary>The checkout as it was saved, and what is in the cart now.</summary>
    public async Task<(Checkout? Checkout, IReadOnlyList<CheckoutItem> Items)> ReadAsync(CancellationToken cancellationToken)
    {
        var checkout = FindAsync(cancellationToken);
        var items = ItemsAsync(cancellationToken);
        await Task.WhenAll(checkout, items);
        return (await checkout, await items);
    }

    /// <summary>The cart as checkout lines; empty when there is nothing to buy.</summary>
    public async Task<IReadOnlyList<CheckoutItem>> ItemsAsync(CancellationToken cancellationToken)
    {
        var cart = await carts.GetAsync(visit.SessionId, cancellationToken);
        var products = await catalog.FindManyAsync(cart.Items.Select(i => i.ItemId), cancellationToken);
        return
        [
            .. from item in cart.Items
               let product = products.GetValueOrDefault(item.ItemId)
               where product is not null
               orderby product.Name
               select new CheckoutItem(item.ItemId, product.Name, item.Quantity, product.Price, product.Price * item.Quantity, product.ImageUrl),
        ];
    }
}
