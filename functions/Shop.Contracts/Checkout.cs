namespace Shop.Contracts;

/// <summary>What a shopper has entered so far. Money is in minor units (cents).</summary>
public sealed record CheckoutRequest(
    IReadOnlyList<CheckoutItem> Items,
    string? CustomerEmail = null,
    ShippingAddress? ShippingAddress = null,
    long Subtotal = 0,
    string? DeliveryOptionToken = null);

public sealed record CheckoutItem(string Id, string Name, int Quantity, long UnitCost, long TotalCost, string? ImageUrl = null);

public sealed record ShippingAddress(
    string FirstName,
    string LastName,
    string Address1,
    string? Address2,
    string City,
    string State,
    string Zip);

/// <summary>A checkout in progress. <c>Shipping</c> and <c>Tax</c> are -1 until they can be known; money is in minor units of <c>Currency</c>.</summary>
public sealed record Checkout(
    ShippingRates ShippingRates,
    CheckoutRequest Request,
    string PaymentId,
    string PaymentToken,
    long Shipping,
    long Tax,
    long Total,
    string Currency);

public sealed record ShippingRates(string ShipmentId, IReadOnlyList<ShippingRate> Rates);

public sealed record ShippingRate(string Name, long Amount, string Token, int EstimatedDays);

public sealed record CheckoutSubmitted(string OrderId, string CustomerEmail);
