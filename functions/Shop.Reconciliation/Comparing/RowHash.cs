using Shop.Lambda;

namespace Shop.Reconciliation.Comparing;

/// <summary>How a server hashes a row, and how it adds up the hashes of many.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="OfRow">From a SQL expression of the row's bytes to one of its hash.</param>
/// <param name="OfRows">From the hash expression to an aggregate function over a range.</param>
/// <param name="Odds">How likely it is that it misses a difference.</param>
internal sealed record RowHash(string Name, Func<string, string> OfRow, Func<string, string> OfRows, string Odds)
{
    // Never BIT_XOR: CRC is affine, so two rows that swap values of equal length leave the XOR of their CRCs as it was.
    public static RowHash Crc32Sum { get; } = new(
        "sum-crc32", bytes => $"CRC32({bytes})", Sum,
        "CRC-32 of each row, summed per key range, with row counts: a range that differs looks equal once in about 4 billion (2^-32), an aggregate in an "
        + "opened range too. No defence against a forger; 64-bit sums of MD5 are to be had by the plan (hash: md5).");

    /// <summary>The first 64 bits of MD5. About twice the work for the servers.</summary>
    public static RowHash Md5Sum { get; } = new(
        "sum-md5-64", bytes => $"CAST(CONV(LEFT(MD5({bytes}), 16), 16, 10) AS UNSIGNED)", Sum,
        "The first 64 bits of MD5 of each row, summed per key range, with row counts: a range that differs looks equal once in about 2^64. Sums can be forged "
        + "by one who may write on both sides.");

    public static RowHash Named(string name) => name.ToLowerInvariant() switch
    {
        "crc32" or "sum-crc32" => Crc32Sum,
        "md5" or "sum-md5-64" => Md5Sum,
        _ => throw new ShopException("Shop.InvalidPlan", $"hash is '{name}', expected crc32 or md5."),
    };

    private static string Sum(string hash) => $"COALESCE(SUM({hash}), 0)";
}
