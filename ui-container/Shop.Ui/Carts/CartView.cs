using Shop.Contracts;

namespace Shop.Ui.Carts;

/// <summary><c>Product</c> is null while the catalog can't be read, or when it no longer has the product.</summary>
public sealed record CartLine(CartItem Item, Product? Product)
{
    public string Name => Product?.Name ?? $"Product {Item.ItemId}";

    public string ImageUrl => Product?.ImageUrl ?? "/assets/watch.svg";

    public long UnitPrice => Product?.Price ?? Item.UnitPrice;

    public string Currency => Product?.Currency ?? "USD";

    public long Total => UnitPrice * Item.Quantity;
}

public sealed record CartView(IReadOnlyList<CartLine> Lines)
{
    public long Subtotal => Lines.Sum(l => l.Total);

    /// <summary>In a stable order: the back-end promises none, and lines must not jump about.</summary>
    public static CartView Of(Cart cart, IReadOnlyDictionary<string, Product>? products) => new(
        [.. cart.Items.Select(i => new CartLine(i, products?.GetValueOrDefault(i.ItemId))).OrderBy(l => l.Name, StringComparer.Ordinal)]);
}
