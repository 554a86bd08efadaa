namespace Shop.Reconciliation.Comparing;

/// <summary>How a server hashes a row, and how it adds up the hashes of many.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="OfRow">From a SQL expression of the row's bytes to one of its hash.</param>
/// <param name="OfRows">From the hash expression to an aggregate function over a range.</param>
internal sealed record RowHash(string Name, Func<string, string> OfRow, Func<string, string> OfRows)
{
    // Never BIT_XOR: CRC is affine, so two rows that swap values of equal length leave the XOR of their CRCs as it was.
    public static RowHash Crc32Sum { get; } = new("sum-crc32", bytes => $"CRC32({bytes})", hash => $"COALESCE(SUM({hash}), 0)");
}
