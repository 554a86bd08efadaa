using System.Security.Cryptography;
using Shop.Contracts;

namespace Shop.Checkout;

/// <summary>Computes a checkout from what the client wants and what the catalog says it costs.</summary>
internal static class Pricing
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const long Unknown = -1;

    /// <param name="update">Has passed <see cref="CheckoutRules"/>.</param>
    /// <param name="products">One for each item, in the same order.</param>
    public static Contracts.Checkout Price(CheckoutUpdate update, IReadOnlyList<Product> products)
    {
        var items = update.Items!.Zip(products, (item, product) => new CheckoutItem(
            product.Id, product.Name, item!.Quantity!.Value, product.Price, product.Price * item.Quantity.Value, product.ImageUrl)).ToArray();
        var subtotal = items.Sum(i => i.TotalCost);
        var shipping = OrderCharges.ShippingRates.FirstOrDefault(r => r.Token == update.DeliveryOptionToken)?.Amount ?? Unknown;
        var tax = update.ShippingAddress is null ? Unknown : OrderCharges.Tax(subtotal);
        return new Contracts.Checkout(
            new ShippingRates(Token(32), OrderCharges.ShippingRates),
            new CheckoutRequest(items, update.CustomerEmail, update.ShippingAddress?.ToAddress(), subtotal, update.DeliveryOptionToken),
            PaymentId: Token(16),
            PaymentToken: Token(32),
            shipping,
            tax,
            Total: subtotal + Math.Max(shipping, 0) + Math.Max(tax, 0),
            Currency: products[0].Currency);
    }

    private static string Token(int length) => RandomNumberGenerator.GetString(Alphanumeric, length);
}
