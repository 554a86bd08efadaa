namespace Shop.Carts;

/// <summary>What a client sends to add an item or to set its quantity: everything optional, so that every missing field can be named at once.</summary>
internal sealed record CartItemChange(string? ItemId = null, int? Quantity = null, long? UnitPrice = null);
