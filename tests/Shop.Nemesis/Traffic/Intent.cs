using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Shop.Nemesis.Traffic;

internal sealed record IntentItem(string ProductId, string Name, int Quantity, long UnitCost)
{
    public long TotalCost => Quantity * UnitCost;
}

/// <summary>One customer's wish to buy something once: its key, and its content.</summary>
internal sealed record Intent(Guid Key, string Customer, string Currency, IReadOnlyList<IntentItem> Items)
{
    private const long Shipping = 500;

    public long Subtotal => Items.Sum(i => i.TotalCost);

    // The store's terms as a customer reads them: 5 % tax, rounded down; priority mail.
    public long Tax => Subtotal * 5 / 100;

    public long Total => Subtotal + Tax + Shipping;

    public string Hash => HashOf(Customer, Currency, Subtotal, Tax, Shipping, Total, Items.Select(i => (i.ProductId, i.Quantity, i.UnitCost, i.TotalCost)));

    /// <summary>The checker's own fingerprint of an order, of what was sent or of what is stored.</summary>
    public static string HashOf(
        string customer, string currency, long subtotal, long tax, long shipping, long total, IEnumerable<(string Product, int Quantity, long UnitCost, long TotalCost)> items)
    {
        var text = string.Join('|', [customer, currency, $"{subtotal}", $"{tax}", $"{shipping}", $"{total}",
            .. items.OrderBy(i => i.Product, StringComparer.Ordinal).Select(i => $"{i.Product}:{i.Quantity}:{i.UnitCost}:{i.TotalCost}")]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    public JsonObject ToOrder() => new()
    {
        ["customerId"] = Customer,
        ["firstName"] = "Nemo",
        ["lastName"] = "Nemesis",
        ["email"] = "nemo@nemesis.invalid",
        ["currency"] = Currency,
        ["subtotal"] = Subtotal,
        ["tax"] = Tax,
        ["shipping"] = Shipping,
        ["total"] = Total,
        ["items"] = new JsonArray([.. Items.Select(i => new JsonObject
        {
            ["productId"] = i.ProductId, ["name"] = i.Name, ["quantity"] = i.Quantity, ["unitCost"] = i.UnitCost, ["totalCost"] = i.TotalCost,
        })]),
    };
}
