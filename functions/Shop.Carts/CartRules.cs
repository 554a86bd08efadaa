using System.Buffers;

namespace Shop.Carts;

/// <summary>What a cart may hold.</summary>
internal static class CartRules
{
    public const int MaxIdLength = 100;
    public const int MaxQuantity = 1000;
    public const int MaxLines = 100;

    // 100 million dollars: keeps every sum over a full cart far inside 64 bits.
    public const long MaxUnitPrice = 10_000_000_000;

    /// <summary>The same for clients, as a regular expression.</summary>
    public const string IdPattern = "^[A-Za-z0-9_.~@-]+$";

    // No colon: it parts customer and item in the table's key.
    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~@");

    public static string? CheckId(string? id) => id switch
    {
        null or "" => "is required",
        { Length: > MaxIdLength } => $"must have at most {MaxIdLength} characters",
        _ when id.AsSpan().ContainsAnyExcept(IdCharacters) => "may hold letters, digits and - _ . ~ @ only",
        _ => null,
    };

    public static string? CheckQuantity(int? quantity) => quantity switch
    {
        null => "is required",
        < 1 or > MaxQuantity => $"must be between 1 and {MaxQuantity}",
        _ => null,
    };

    public static string? CheckUnitPrice(long? unitPrice) =>
        unitPrice is < 0 or > MaxUnitPrice ? $"must be between 0 and {MaxUnitPrice} cents" : null;
}
