using Shop.Contracts;

namespace Shop.Orders;

internal sealed record StoredOrder(Order Order, string ContentHash);
