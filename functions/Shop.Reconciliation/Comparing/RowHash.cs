using Shop.Lambda;

namespace Shop.Reconciliation.Comparing;

/// <summary>How a server hashes a row, and how it adds up the hashes of many.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="OfRow">From a SQL expression of the row's bytes to one of its hash.</param>
/// <param name="OfRows">From the hash expression to an aggregate function over a range.</param>
/// <param name="Odds">How likely it is that it misses a difference.</param>
internal sealed record RowHash(string Name, Func<string, string> OfRow, Func<string, string> OfRows, string Odds)
{
    /// <summary>The whole text of a query that sums. Tests break it on purpose, to show that it is noticed.</summary>
    public Func<string, string> OfQuery { get; init; } = text => text;

    private const string DigestOdds =
        " of each row, summed per key range, with row counts: a range that differs looks equal once in about 2^64. Sums can be forged by one who may write on both sides.";

    /// <summary>The first 64 bits of SHA-1. Servers compute it faster than MD5 where the processor helps, and about as fast where it does not.</summary>
    public static RowHash Sha1Sum { get; } = new("sum-sha1-64", bytes => First64Bits($"SHA1({bytes})"), Sum, $"The first 64 bits of SHA-1{DigestOdds}");

    /// <summary>
    /// The least work, and blind to some damage. CRC is affine: the same change of bits at the same distance from the end of two rows (they exchange a
    /// value, a flag goes up in one and down in the other) changes both CRCs by the same mask, and their sum stays as it was when the two CRCs differ
    /// in each bit of it: (3/4)^32. An XOR would be blind to all of them.
    /// </summary>
    public static RowHash Crc32Sum { get; } = new(
        "sum-crc32", bytes => $"CRC32({bytes})", Sum,
        "CRC-32 of each row, summed per key range, with row counts. A range in which two rows got the same change of bits, as when they exchange a value, looks equal "
        + "once in about 10,000; one that differs in any other way once in about 4 billion (2^-32), an aggregate in an opened range too. No defence against a "
        + "forger; sha1 and md5 are 64 bits and have no such weakness.");

    /// <summary>The first 64 bits of MD5.</summary>
    public static RowHash Md5Sum { get; } = new("sum-md5-64", bytes => First64Bits($"MD5({bytes})"), Sum, $"The first 64 bits of MD5{DigestOdds}");

    public static RowHash Named(string name) => name.ToLowerInvariant() switch
    {
        "sha1" or "sum-sha1-64" => Sha1Sum,
        "crc32" or "sum-crc32" => Crc32Sum,
        "md5" or "sum-md5-64" => Md5Sum,
        _ => throw new ShopException("Shop.InvalidPlan", $"hash is '{name}', expected sha1, md5 or crc32."),
    };

    private static string First64Bits(string hex) => $"CAST(CONV(LEFT({hex}, 16), 16, 10) AS UNSIGNED)";

    private static string Sum(string hash) => $"COALESCE(SUM({hash}), 0)";
}
