using System.Globalization;
using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Comparing;

/// <summary>The queries of a comparison. Both sides get the same text, so equal rows give equal answers.</summary>
internal sealed class AggregateSql(ComparedTables tables, RowHash hash)
{
    public IReadOnlyList<ComparedTable> Tables { get; } = [tables.Root, .. tables.Children];

    public ComparedTable Root => tables.Root;

    /// <summary>One row: the number of rows and the sum of their hashes.</summary>
    public SqlQuery Sum(ComparedTable table, IKeyFilter filter) => Build(query =>
        $"SELECT COUNT(*), CAST({hash.OfRows(RowHashOf(table))} AS CHAR) FROM {From(table)} WHERE {filter.Where(table.AggregateKey, query)}");

    /// <summary>A row per aggregate: its key, and the number and sum of its rows in this table.</summary>
    public SqlQuery SumPerAggregate(ComparedTable table, IKeyFilter filter) => Build(query =>
        $"SELECT {Texts(table.AggregateKey)}, COUNT(*), CAST({hash.OfRows(RowHashOf(table))} AS CHAR) FROM {From(table)} "
        + $"WHERE {filter.Where(table.AggregateKey, query)} GROUP BY {Names(table.AggregateKey)}");

    /// <summary>Every compared column of the rows, as text.</summary>
    public static SqlQuery Rows(ComparedTable table, IKeyFilter filter) => Build(query =>
        $"SELECT {Texts(table.AggregateKey)}, {Texts(table.Columns)} FROM {From(table)} WHERE {filter.Where(table.AggregateKey, query)}");

    /// <summary>The key that many rows further in the range, or no row.</summary>
    public SqlQuery KeyAt(KeyRange range, int offset) => Build(query =>
        $"SELECT {Texts(Root.AggregateKey)} FROM {From(Root)} WHERE {((IKeyFilter)range).Where(Root.AggregateKey, query)} "
        + $"ORDER BY {Names(Root.AggregateKey)} LIMIT 1 OFFSET {offset.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Keys of the aggregates whose <paramref name="column"/> lies in the window.</summary>
    public SqlQuery KeysBetween(string column, string from, string? before, int limit) => Build(query =>
    {
        var until = before is null ? "" : $" AND {SqlQuery.Quote(column)} < {query.Add(before)}";
        return $"SELECT {Texts(Root.AggregateKey)} FROM {From(Root)} WHERE {SqlQuery.Quote(column)} >= {query.Add(from)}{until} "
            + $"ORDER BY {SqlQuery.Quote(column)} DESC LIMIT {limit.ToString(CultureInfo.InvariantCulture)}";
    });

    /// <summary>The greatest value of a column of the root, optionally only of rows before a moment.</summary>
    public SqlQuery Greatest(string column, string? before = null) => Build(query =>
        $"SELECT CAST(MAX({SqlQuery.Quote(column)}) AS CHAR) FROM {From(Root)}"
        + (before is null ? "" : $" WHERE {SqlQuery.Quote(column)} < {query.Add(before)}"));

    private string RowHashOf(ComparedTable table)
    {
        // CONCAT_WS leaves NULLs out, so a bit per column says where they were.
        var nulls = string.Join(", ", table.Columns.Select(c => $"ISNULL({SqlQuery.Quote(c.Name)})"));
        return hash.OfRow($"CONCAT_WS('#', {string.Join(", ", table.Columns.Select(c => c.AsHashed()))}, CONCAT({nulls}))");
    }

    private static SqlQuery Build(Func<SqlQuery, string> text)
    {
        var query = new SqlQuery();
        query.Text = text(query);
        return query;
    }

    private static string From(ComparedTable table) => SqlQuery.Quote(table.Name);

    private static string Names(IReadOnlyList<Column> columns) => string.Join(", ", columns.Select(c => SqlQuery.Quote(c.Name)));

    private static string Texts(IReadOnlyList<Column> columns) => string.Join(", ", columns.Select(c => c.AsText()));
}
