namespace Shop.Contracts;

/// <summary>What an order costs beside its products, in cents: one place for checkout, which asks it, and orders, which holds a client to it.</summary>
public static class OrderCharges
{
    public static IReadOnlyList<ShippingRate> ShippingRates { get; } =
    [
        new("Priority Mail", 500, "priority-mail", 10),
        new("Priority Mail Express", 1500, "priority-mail-express", 5),
    ];

    /// <summary>5 % of the subtotal, rounded down to a cent.</summary>
    public static long Tax(long subtotal) => subtotal * 5 / 100;

    public static bool IsShippingRate(long amount) => ShippingRates.Any(r => r.Amount == amount);
}
