using System.Text.RegularExpressions;
using Shop.Contracts;
using Shop.Lambda.Http;

namespace Shop.Orders;

/// <summary>Makes an order request of a form, or names every field that is wrong.</summary>
internal sealed partial class OrderFormCheck
{
    public const int MaximumText = 100;
    public const int MaximumEmail = 254;
    public const int MaximumZip = 20;
    public const int MaximumItems = 100;
    public const int MaximumQuantity = 1000;

    // Far above any order, and low enough that a thousand of them a hundred times over still fit a long.
    public const long MaximumAmount = 10_000_000_000_000;

    /// <summary>The rule below for clients, as a regular expression.</summary>
    public const string EmailPattern = @"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$";

    private readonly Validation _validation = new();

    public static OrderRequest Accept(OrderForm form)
    {
        var check = new OrderFormCheck();
        var request = check.Read(form);
        check._validation.ThrowIfInvalid();
        return request;
    }

    private OrderRequest Read(OrderForm form)
    {
        var items = ReadItems(form.Items);
        var request = new OrderRequest(
            Text(form.CustomerId, "customerId"),
            Text(form.FirstName, "firstName"),
            Text(form.LastName, "lastName"),
            Email(form.Email),
            form.Currency ?? "USD",
            Amount(form.Subtotal, "subtotal"),
            Amount(form.Tax, "tax"),
            Amount(form.Shipping, "shipping"),
            Amount(form.Total, "total"),
            items,
            form.ShippingAddress is { } address ? ReadAddress(address) : null);
        _validation.Check(request.Currency == "USD", "currency", "must be USD");
        if (_validation.IsValid)
        {
            _validation.Check(request.Subtotal == items.Sum(i => i.TotalCost), "subtotal", "must be the sum of the items' totalCost");
            _validation.Check(request.Tax == OrderCharges.Tax(request.Subtotal), "tax", "must be 5 % of the subtotal, rounded down to a cent");
            _validation.Check(OrderCharges.IsShippingRate(request.Shipping), "shipping", "must be one of the rates that checkout offers");
            _validation.Check(request.Total == request.Subtotal + request.Tax + request.Shipping, "total", "must be subtotal + tax + shipping");
        }

        return request;
    }

    private List<OrderItem> ReadItems(IReadOnlyList<OrderFormItem?>? forms)
    {
        var items = new List<OrderItem>();
        if (forms is null)
        {
            _validation.Add("items", "is required");
            return items;
        }

        if (!_validation.Range(forms.Count, 1, MaximumItems, "items"))
        {
            return items;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < forms.Count; i++)
        {
            var item = ReadItem(forms[i] ?? new OrderFormItem(), $"items[{i}]");
            _validation.Check(item.ProductId.Length == 0 || seen.Add(item.ProductId), $"items[{i}].productId", "is in another item already");
            items.Add(item);
        }

        return items;
    }

    private OrderItem ReadItem(OrderFormItem form, string path)
    {
        var quantityIsFine = form.Quantity is { } quantity
            ? _validation.Range(quantity, 1, MaximumQuantity, $"{path}.quantity")
            : _validation.Add($"{path}.quantity", "is required");
        var item = new OrderItem(
            Text(form.ProductId, $"{path}.productId"),
            Text(form.Name, $"{path}.name"),
            form.Quantity ?? 0,
            Amount(form.UnitCost, $"{path}.unitCost"),
            Amount(form.TotalCost, $"{path}.totalCost"));
        _validation.Check(
            !quantityIsFine || !IsAmount(form.UnitCost) || !IsAmount(form.TotalCost) || item.TotalCost == item.Quantity * item.UnitCost,
            $"{path}.totalCost",
            "must be quantity * unitCost");
        return item;
    }

    private ShippingAddress ReadAddress(OrderFormAddress form) => new(
        Text(form.FirstName, "shippingAddress.firstName"),
        Text(form.LastName, "shippingAddress.lastName"),
        Text(form.Address1, "shippingAddress.address1"),
        string.IsNullOrEmpty(form.Address2) ? null : Text(form.Address2, "shippingAddress.address2"),
        Text(form.City, "shippingAddress.city"),
        Text(form.State, "shippingAddress.state"),
        Text(form.Zip, "shippingAddress.zip", MaximumZip));

    private string Text(string? value, string field, int maximum = MaximumText)
    {
        if (_validation.Text(value, maximum, field))
        {
            _validation.Check(!value.Any(char.IsControl), field, "must not contain control characters");
        }

        return value ?? "";
    }

    private string Email(string? value)
    {
        if (_validation.Text(value, MaximumEmail, "email"))
        {
            _validation.Check(EmailShape().IsMatch(value), "email", "must look like name@example.com");
        }

        return value ?? "";
    }

    private long Amount(long? value, string field)
    {
        if (value is null)
        {
            _validation.Add(field, "is required");
        }
        else
        {
            _validation.Range(value.Value, 0, MaximumAmount, field);
        }

        return value ?? 0;
    }

    private static bool IsAmount(long? value) => value is >= 0 and <= MaximumAmount;

    [GeneratedRegex(@"\A[^@\s\p{C}]+@[^@\s\p{C}.]+(\.[^@\s\p{C}.]+)+\z", RegexOptions.None, 250)]
    private static partial Regex EmailShape();
}
