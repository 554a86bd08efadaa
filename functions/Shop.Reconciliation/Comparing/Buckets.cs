using System.Globalization;
using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Comparing;

/// <summary>Aggregates of a filter whose key falls into some of the buckets: a few of a range's rows, wherever in it they are.</summary>
internal sealed record Buckets(IKeyFilter Filter, IReadOnlyList<int> Chosen) : IKeyFilter
{
    public const int Count = 64;

    public string Where(IReadOnlyList<Column> columns, SqlQuery query) =>
        $"{Filter.Where(columns, query)} AND {Of(columns)} IN ({string.Join(", ", Chosen.Select(b => b.ToString(CultureInfo.InvariantCulture)))})";

    /// <summary>The bucket of a row, the same on both sides and for all tables of an aggregate.</summary>
    public static string Of(IReadOnlyList<Column> columns)
    {
        var parts = columns.Select(c => c.IsExactByBytes ? c.AsExact() : c.AsText()).ToList();
        var bytes = parts.Count == 1 ? parts[0] : $"CONCAT_WS(CAST('#' AS BINARY), {string.Join(", ", parts)})";
        return $"(CRC32({bytes}) & {(Count - 1).ToString(CultureInfo.InvariantCulture)})";
    }
}
