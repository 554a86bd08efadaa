using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Shop.Carts;

/// <summary>Names and items of the table: partition key <c>customerId:itemId</c>, an index on <c>customerId</c>, a TTL on <c>expiresAt</c>.</summary>
internal static class CartTable
{
    public const string Index = "idx_global_customerId";

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static Dictionary<string, AttributeValue> Key(string customerId, string itemId) => new() { ["id"] = S($"{customerId}:{itemId}") };

    /// <summary>The item that names what is in a cart: see <see cref="CartContents"/>. No line's key is without a colon.</summary>
    public static Dictionary<string, AttributeValue> ContentsKey(string customerId) => new() { ["id"] = S(customerId) };

    public static AttributeValue S(string value) => new() { S = value };

    public static AttributeValue N(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>A line, or null for no item or one that has expired and is not swept yet (AWS allows itself days for that).</summary>
    public static CartLine? ToLine(Dictionary<string, AttributeValue>? item, DateTimeOffset now) =>
        item is { Count: > 0 } && !HasExpired(item, now)
            ? new CartLine(item["itemId"].S, (int)Number(item["quantity"]), Number(item["unitPrice"]), item.GetValueOrDefault("change")?.S ?? "")
            : null;

    public static bool HasExpired(Dictionary<string, AttributeValue> item, DateTimeOffset now) =>
        item.TryGetValue("expiresAt", out var at) && Number(at) <= now.ToUnixTimeSeconds();

    private static long Number(AttributeValue value) => long.Parse(value.N, CultureInfo.InvariantCulture);
}
