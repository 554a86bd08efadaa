using Shop.Contracts;

namespace Shop.Orders;

/// <summary>An order that is about to be written.</summary>
internal sealed record NewOrder(Guid Id, OrderRequest Content, string ContentHash, string Region, DateTimeOffset CreatedOn)
{
    public Order Under(long epoch) => new(
        Id,
        Content.CustomerId,
        Content.FirstName,
        Content.LastName,
        Content.Email,
        CreatedOn,
        OrderStatus.Placed,
        Region,
        epoch,
        Content.Currency,
        Content.Subtotal,
        Content.Tax,
        Content.Shipping,
        Content.Total,
        Content.Items);
}
