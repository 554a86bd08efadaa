using Shop.Contracts;

namespace Shop.Carts;

/// <summary>A cart line as it is stored. <paramref name="Change"/> names the write that made it what it is, so that a repeated write is recognised.</summary>
internal sealed record CartLine(string ItemId, int Quantity, long UnitPrice, string Change)
{
    public CartItem ToItem() => new(ItemId, Quantity, UnitPrice);
}
