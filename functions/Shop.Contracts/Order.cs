using System.Text.Json.Serialization;

namespace Shop.Contracts;

/// <summary>An order as the orders API answers it. Money is in minor units of <c>Currency</c>; <c>Epoch</c> is the reign under which it was written; <c>RecoveredFrom</c> is there when it was lost with a Region and brought back.</summary>
public sealed record Order(
    Guid Id,
    string CustomerId,
    string FirstName,
    string LastName,
    string Email,
    DateTimeOffset CreatedOn,
    string Status,
    string Region,
    long Epoch,
    string Currency,
    long Subtotal,
    long Tax,
    long Shipping,
    long Total,
    IReadOnlyList<OrderItem> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RecoveredFrom = null);

public sealed record OrderItem(string ProductId, string Name, int Quantity, long UnitCost, long TotalCost);

/// <summary>What a client posts to place an order. The id travels in the <c>Idempotency-Key</c> header; totals are checked by the server.</summary>
public sealed record OrderRequest(
    string CustomerId,
    string FirstName,
    string LastName,
    string Email,
    string Currency,
    long Subtotal,
    long Tax,
    long Shipping,
    long Total,
    IReadOnlyList<OrderItem> Items,
    ShippingAddress? ShippingAddress = null);

public static class OrderStatus
{
    public const string Placed = "placed";
    public const string Cancelled = "cancelled";
}
