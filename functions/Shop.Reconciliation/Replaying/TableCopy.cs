using System.Globalization;
using MySqlConnector;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Replaying;

/// <summary>Moves the rows of one table that belong to an aggregate from the source to the target, value by value as the server writes them.</summary>
/// <param name="table">The table with all columns that both sides have, those that are not compared as well.</param>
internal sealed class TableCopy(ComparedTable table)
{
    public ComparedTable Table => table;

    public async Task<IReadOnlyList<Row>> ReadAsync(SnapshotSession source, AggregateKey key, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        await source.ReadAsync(AggregateSql.Rows(table, new KeySet([key])), r => Add(rows, key, r), cancellationToken);
        return rows;
    }

    /// <summary>The target's rows. <paramref name="isLocked"/>: nobody changes them, or inserts them, before the transaction ends.</summary>
    public async Task<IReadOnlyList<Row>> ReadAsync(
        MySqlConnection target, MySqlTransaction? transaction, AggregateKey key, bool isLocked, CancellationToken cancellationToken)
    {
        var query = AggregateSql.Rows(table, new KeySet([key]));
        var rows = new List<Row>();
        await using var command = Command(query, isLocked ? " FOR UPDATE" : "", target, transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            Add(rows, key, reader);
        }

        return rows;
    }

    /// <summary>Inserts a row as it is, but for the columns in <paramref name="instead"/>.</summary>
    public async Task InsertAsync(
        MySqlConnection target, MySqlTransaction transaction, Row row, IReadOnlyDictionary<string, string?> instead, CancellationToken cancellationToken)
    {
        var query = new SqlQuery();
        var values = table.Columns.Select(c => Value(c, instead.TryGetValue(c.Name, out var other) ? other : row[c.Name], query)).ToList();
        query.Text = $"INSERT INTO {SqlQuery.Quote(table.Name)} ({string.Join(", ", table.Columns.Select(c => c.Quoted))}) VALUES ({string.Join(", ", values)})";
        await using var command = Command(query, "", target, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Value(Column column, string? text, SqlQuery query) => (column.Kind, text) switch
    {
        (_, null) => query.Add(null),
        (ColumnKind.Spatial, _) when text.Split(':', 2) is [var system, var shape] =>
            $"ST_GeomFromWKB({query.Add(Convert.FromHexString(shape))}, {query.Add(int.Parse(system, CultureInfo.InvariantCulture))})",
        (ColumnKind.Binary or ColumnKind.Bit, _) => query.Add(column.AsParameter(text)),
        // As text: the server reads it back into the type that it wrote it from.
        _ => query.Add(text),
    };

    private void Add(List<Row> rows, AggregateKey key, MySqlDataReader reader)
    {
        var parts = table.AggregateKey.Count;
        // A collation may find a key's twin as well.
        if (Enumerable.Range(0, parts).All(i => string.Equals(RangeReader.Text(reader, i), key.Parts[i], StringComparison.Ordinal)))
        {
            rows.Add(new([.. table.Columns.Select((c, i) => new Field(c.Name, RangeReader.Text(reader, parts + i)))]));
        }
    }

    private static MySqlCommand Command(SqlQuery query, string end, MySqlConnection connection, MySqlTransaction? transaction)
    {
        var command = new MySqlCommand(query.Text + end, connection, transaction);
        foreach (var (name, value) in query.Parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
