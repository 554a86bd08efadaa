using System.Security.Cryptography;
using Shop.Contracts;

namespace Shop.Checkout;

/// <summary>Computes a checkout from what the client wants and what the catalog says it costs.</summary>
internal static class Pricing
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const long Unknown = -1;

    public static IReadOnlyList<ShippingRate> Rates { get; } =
    [
        new("Priority Mail", 500, "priority-mail", 10),
        new("Priority Mail Express", 1500, "priority-mail-express", 5),
    ];

    /// <param name="update">Has passed <see cref="CheckoutRules"/>.</param>
    /// <param name="products">One for each item, in the same order.</param>
    public static Contracts.Checkout Price(CheckoutUpdate update, IReadOnlyList<Product> products)
    {
        var items = update.Items!.Zip(products, (item, product) => new CheckoutItem(
            product.Id, product.Name, item!.Quantity!.Value, product.Price, product.Price * item.Quantity.Value, product.ImageUrl)).ToArray();
        var subtotal = items.Sum(i => i.TotalCost);
        var shipping = Rates.FirstOrDefault(r => r.Token == update.DeliveryOptionToken)?.Amount ?? Unknown;
        var tax = update.ShippingAddress is null ? Unknown : Tax(subtotal);
        return new Contracts.Checkout(
            new ShippingRates(Token(32), Rates),
            new CheckoutRequest(items, update.CustomerEmail, update.ShippingAddress?.ToAddress(), subtotal, update.DeliveryOptionToken),
            PaymentId: Token(16),
            PaymentToken: Token(32),
            shipping,
            tax,
            Total: subtotal + Math.Max(shipping, 0) + Math.Max(tax, 0),
            Currency: products[0].Currency);
    }

    /// <summary>5 % of the subtotal, rounded down to a cent.</summary>
    public static long Tax(long subtotal) => subtotal * 5 / 100;

    private static string Token(int length) => RandomNumberGenerator.GetString(Alphanumeric, length);
}
