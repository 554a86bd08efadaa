namespace Shop.Contracts;

public sealed record Cart(string CustomerId, IReadOnlyList<CartItem> Items);

/// <summary>One line of a cart. <paramref name="UnitPrice"/> is in minor units (cents).</summary>
public sealed record CartItem(string ItemId, int Quantity, long UnitPrice);
