using Shop.Contracts;

namespace Shop.Checkout;

/// <summary>Makes the order of a checkout.</summary>
internal static class OrderRequests
{
    /// <summary>What still has to be entered before it can be submitted.</summary>
    public static string[] Missing(Contracts.Checkout checkout)
    {
        (bool IsMissing, string Name)[] needs =
        [
            (checkout.Request.CustomerEmail is null, "customerEmail"),
            (checkout.Request.ShippingAddress is null, "shippingAddress"),
            (checkout.Request.DeliveryOptionToken is null, "deliveryOptionToken"),
        ];
        return [.. needs.Where(n => n.IsMissing).Select(n => n.Name)];
    }

    /// <param name="customerId">Whose order it is.</param>
    /// <param name="checkout">One with nothing <see cref="Missing"/>.</param>
    public static OrderRequest From(string customerId, Contracts.Checkout checkout)
    {
        var address = checkout.Request.ShippingAddress!;
        return new OrderRequest(
            customerId,
            address.FirstName,
            address.LastName,
            checkout.Request.CustomerEmail!,
            checkout.Currency,
            checkout.Request.Subtotal,
            checkout.Tax,
            checkout.Shipping,
            checkout.Total,
            [.. checkout.Request.Items.Select(i => new OrderItem(i.Id, i.Name, i.Quantity, i.UnitCost, i.TotalCost))],
            address);
    }
}
