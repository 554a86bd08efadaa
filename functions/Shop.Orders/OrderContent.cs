using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shop.Contracts;

namespace Shop.Orders;

/// <summary>The fingerprint by which a replayed request is told from another one that took the same key.</summary>
internal static class OrderContent
{
    /// <summary>Every field by itself and with its length, in an order of our own: the wire format may change, the hash may not.</summary>
    public static string Hash(OrderRequest order)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string? value)
        {
            var bytes = Encoding.UTF8.GetBytes(value ?? "");
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(value is null ? -1 : bytes.Length)}:")));
            hash.AppendData(bytes);
        }

        void AddNumber(long value) => Add(value.ToString(CultureInfo.InvariantCulture));

        foreach (var text in new[] { order.CustomerId, order.FirstName, order.LastName, order.Email, order.Currency })
        {
            Add(text);
        }

        foreach (var amount in new[] { order.Subtotal, order.Tax, order.Shipping, order.Total })
        {
            AddNumber(amount);
        }

        var to = order.ShippingAddress;
        foreach (var text in new[] { to?.FirstName, to?.LastName, to?.Address1, to?.Address2, to?.City, to?.State, to?.Zip })
        {
            Add(text);
        }

        foreach (var item in order.Items.OrderBy(i => i.ProductId, StringComparer.Ordinal))
        {
            Add(item.ProductId);
            Add(item.Name);
            AddNumber(item.Quantity);
            AddNumber(item.UnitCost);
            AddNumber(item.TotalCost);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
