using Shop.Contracts;

namespace Shop.Orders;

internal sealed record OrderPage(IReadOnlyList<Order> Orders, long Total);
