using Shop.Contracts;

namespace Shop.Orders;

/// <summary>An <see cref="OrderRequest"/> as it came in: anything may be missing, so that one answer can name all that is.</summary>
internal sealed record OrderForm(
    string? CustomerId = null,
    string? FirstName = null,
    string? LastName = null,
    string? Email = null,
    string? Currency = null,
    long? Subtotal = null,
    long? Tax = null,
    long? Shipping = null,
    long? Total = null,
    IReadOnlyList<OrderFormItem?>? Items = null,
    OrderFormAddress? ShippingAddress = null);

internal sealed record OrderFormItem(string? ProductId = null, string? Name = null, int? Quantity = null, long? UnitCost = null, long? TotalCost = null);

internal sealed record OrderFormAddress(
    string? FirstName = null,
    string? LastName = null,
    string? Address1 = null,
    string? Address2 = null,
    string? City = null,
    string? State = null,
    string? Zip = null);
