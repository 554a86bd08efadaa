using System.Globalization;
using MySqlConnector;

namespace Shop.Reconciliation.Databases;

/// <summary>Reads what columns a table has. An absent table has none.</summary>
internal static class SchemaReader
{
    /// <summary>Without generated columns: they follow from the others.</summary>
    public static async Task<IReadOnlyList<SchemaColumn>> ReadAsync(SnapshotSession session, string table, CancellationToken cancellationToken) =>
        [.. (await ReadAllAsync(session, table, cancellationToken)).Where(c => !c.IsGenerated)];

    public static async Task<IReadOnlyList<SchemaColumn>> ReadAllAsync(SnapshotSession session, string table, CancellationToken cancellationToken)
    {
        var columns = new List<SchemaColumn>();
        var query = new SqlQuery();
        query.Text = $"""
            SELECT column_name, data_type, column_type, character_set_name, collation_name,
              CAST(COALESCE(datetime_precision, numeric_scale, 0) AS CHAR), is_nullable, COALESCE(generation_expression, '')
            FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = {query.Add(table)}
            ORDER BY ordinal_position
            """;
        await session.ReadAsync(query, r => columns.Add(Column(r)), cancellationToken);
        return columns;
    }

    private static SchemaColumn Column(MySqlDataReader row) => new(
        row.GetString(0),
        Kind(row.GetString(1)),
        row.GetString(2),
        Text(row, 3),
        Text(row, 4),
        int.Parse(row.GetString(5), CultureInfo.InvariantCulture),
        row.GetString(6) == "YES",
        IsLong(row.GetString(1)),
        row.GetString(7).Length > 0);

    private static string? Text(MySqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    internal static ColumnKind Kind(string dataType) => dataType.ToLowerInvariant() switch
    {
        "tinyint" or "smallint" or "mediumint" or "int" or "integer" or "bigint" or "decimal" or "numeric" or "float" or "double" or "year" =>
            ColumnKind.Number,
        "date" or "datetime" or "timestamp" or "time" => ColumnKind.Temporal,
        "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob" => ColumnKind.Binary,
        "geometry" or "point" or "linestring" or "polygon" or "multipoint" or "multilinestring" or "multipolygon" or "geometrycollection" or "geomcollection" =>
            ColumnKind.Spatial,
        "bit" => ColumnKind.Bit,
        "json" => ColumnKind.Json,
        _ => ColumnKind.Text,
    };

    private static bool IsLong(string dataType) => dataType.ToLowerInvariant() is
        "text" or "mediumtext" or "longtext" or "blob" or "mediumblob" or "longblob" or "json" || Kind(dataType) == ColumnKind.Spatial;
}
