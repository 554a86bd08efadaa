using System.Globalization;

namespace Shop.Reconciliation.Databases;

/// <summary>Asks whether a server finds rows by some columns without reading the whole table.</summary>
internal static class IndexReader
{
    public static async Task<bool> LeadsAnIndexAsync(SnapshotSession session, string table, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var indexes = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase);
        var query = new SqlQuery();
        query.Text = $"""
            SELECT index_name, column_name FROM information_schema.statistics
            WHERE table_schema = DATABASE() AND table_name = {query.Add(table)} AND column_name IS NOT NULL
              AND seq_in_index <= {columns.Count.ToString(CultureInfo.InvariantCulture)}
            """;
        await session.ReadAsync(
            query,
            r =>
            {
                var index = r.GetString(0);
                (indexes.TryGetValue(index, out var found) ? found : indexes[index] = new(StringComparer.OrdinalIgnoreCase)).Add(r.GetString(1));
            },
            cancellationToken);
        return indexes.Values.Any(i => i.SetEquals(columns));
    }
}
