using Shop.Contracts;

namespace Shop.Checkout;

/// <summary>What a client may send: everything optional, so that every missing field can be named at once.</summary>
internal sealed record CheckoutUpdate(
    IReadOnlyList<CheckoutUpdateItem?>? Items = null,
    string? CustomerEmail = null,
    CheckoutUpdateAddress? ShippingAddress = null,
    long? Subtotal = null,
    string? DeliveryOptionToken = null);

internal sealed record CheckoutUpdateItem(
    string? Id = null, string? Name = null, int? Quantity = null, long? UnitCost = null, long? TotalCost = null, string? ImageUrl = null);

internal sealed record CheckoutUpdateAddress(
    string? FirstName = null,
    string? LastName = null,
    string? Address1 = null,
    string? Address2 = null,
    string? City = null,
    string? State = null,
    string? Zip = null)
{
    /// <summary>Only after <see cref="CheckoutRules"/> found nothing missing.</summary>
    public ShippingAddress ToAddress() => new(FirstName!, LastName!, Address1!, Address2, City!, State!, Zip!);
}
