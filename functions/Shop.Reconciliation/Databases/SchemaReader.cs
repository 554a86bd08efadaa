namespace Shop.Reconciliation.Databases;

/// <summary>Reads what columns a table has, without generated ones (they follow from the others). An absent table has none.</summary>
internal static class SchemaReader
{
    public static async Task<IReadOnlyList<Column>> ReadAsync(SnapshotSession session, string table, CancellationToken cancellationToken)
    {
        var columns = new List<Column>();
        var query = new SqlQuery();
        query.Text = $"""
            SELECT column_name, data_type FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = {query.Add(table)}
              AND (generation_expression IS NULL OR generation_expression = '')
            ORDER BY ordinal_position
            """;
        await session.ReadAsync(query, r => columns.Add(new(r.GetString(0), Kind(r.GetString(1)))), cancellationToken);
        return columns;
    }

    internal static ColumnKind Kind(string dataType) => dataType.ToLowerInvariant() switch
    {
        "tinyint" or "smallint" or "mediumint" or "int" or "integer" or "bigint" or "decimal" or "numeric" or "float" or "double" or "year" =>
            ColumnKind.Number,
        "date" or "datetime" or "timestamp" or "time" => ColumnKind.Temporal,
        "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob" => ColumnKind.Binary,
        "bit" => ColumnKind.Bit,
        "json" => ColumnKind.Json,
        _ => ColumnKind.Text,
    };
}
