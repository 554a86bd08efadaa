using System.Buffers;
using System.Text.RegularExpressions;
using Shop.Contracts;

namespace Shop.Checkout;

/// <summary>Checks what a client sent. Answers the JSON path of each invalid field with what is wrong with it.</summary>
internal static partial class CheckoutRules
{
    public const int MaxItems = 100;
    public const int MaxQuantity = 1000;
    public const int MaxIdLength = 100;

    // What the orders API takes: a shopper must not learn of it only when submitting.
    public const int MaxTextLength = 100;
    public const int MaxZipLength = 20;
    public const int MaxEmailLength = 254;

    /// <summary>The rules below for clients, as regular expressions.</summary>
    public const string IdPattern = "^[A-Za-z0-9_.~@-]+$";
    public const string EmailPattern = @"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$";

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~@");

    public static string? CheckId(string? id) => id switch
    {
        null or "" => "is required",
        { Length: > MaxIdLength } => $"must have at most {MaxIdLength} characters",
        _ when id.AsSpan().ContainsAnyExcept(IdCharacters) => "may hold letters, digits and - _ . ~ @ only",
        _ => null,
    };

    public static IEnumerable<(string Field, string? Error)> Check(CheckoutUpdate update) =>
        CheckItems(update.Items)
            .Concat(update.ShippingAddress is { } address ? CheckAddress(address) : [])
            .Append(("customerEmail", update.CustomerEmail is { } email ? CheckEmail(email) : null))
            .Append(("deliveryOptionToken", CheckToken(update.DeliveryOptionToken)))
            .Append(("subtotal", CheckAmount(update.Subtotal)));

    private static IEnumerable<(string Field, string? Error)> CheckItems(IReadOnlyList<CheckoutUpdateItem?>? items)
    {
        if (items is not { Count: >= 1 and <= MaxItems })
        {
            yield return ("items", $"must hold 1 to {MaxItems} items");
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            if (item is null)
            {
                yield return ($"items[{i}]", "is required");
                continue;
            }

            yield return ($"items[{i}].id", CheckId(item.Id) ?? (seen.Add(item.Id!) ? null : "appears twice"));
            yield return ($"items[{i}].quantity", item.Quantity is >= 1 and <= MaxQuantity ? null : $"must be between 1 and {MaxQuantity}");
            yield return ($"items[{i}].unitCost", CheckAmount(item.UnitCost));
            yield return ($"items[{i}].totalCost", CheckAmount(item.TotalCost));
        }
    }

    private static IEnumerable<(string Field, string? Error)> CheckAddress(CheckoutUpdateAddress address) =>
    [
        ("shippingAddress.firstName", CheckText(address.FirstName)),
        ("shippingAddress.lastName", CheckText(address.LastName)),
        ("shippingAddress.address1", CheckText(address.Address1)),
        ("shippingAddress.address2", string.IsNullOrEmpty(address.Address2) ? null : CheckText(address.Address2)),
        ("shippingAddress.city", CheckText(address.City)),
        ("shippingAddress.state", CheckText(address.State)),
        ("shippingAddress.zip", CheckText(address.Zip, MaxZipLength)),
    ];

    private static string? CheckText(string? text, int maxLength = MaxTextLength) => text switch
    {
        _ when string.IsNullOrWhiteSpace(text) => "is required",
        _ when text.Length > maxLength => $"must have at most {maxLength} characters",
        _ when text.Any(char.IsControl) => "must not hold control characters",
        _ => null,
    };

    private static string? CheckEmail(string email) =>
        email.Length <= MaxEmailLength && EmailShape().IsMatch(email) ? null : "must look like name@example.com";

    private static string? CheckToken(string? token) =>
        token is null || OrderCharges.ShippingRates.Any(r => r.Token == token)
            ? null
            : $"must be one of {string.Join(", ", OrderCharges.ShippingRates.Select(r => r.Token))}";

    private static string? CheckAmount(long? amount) => amount < 0 ? "must not be negative" : null;

    [GeneratedRegex(@"\A[^@\s\p{C}]+@[^@\s\p{C}.]+(\.[^@\s\p{C}.]+)+\z", RegexOptions.None, 250)]
    private static partial Regex EmailShape();
}
