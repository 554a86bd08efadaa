using System.Globalization;
using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Comparing;

/// <summary>The queries of a comparison. Both sides get the same text, so equal rows give equal answers.</summary>
internal sealed class AggregateSql(ComparedTables tables, RowHash hash)
{
    // Makes the whole a binary string, so that columns of different collations go into it as they are.
    private const string Separator = "CAST('#' AS BINARY)";

    public IReadOnlyList<ComparedTable> Tables { get; } = [tables.Root, .. tables.Children];

    public ComparedTable Root => tables.Root;

    /// <summary>A row per filter: its place in the list, the number of rows and the sum of their hashes.</summary>
    public SqlQuery Sums(ComparedTable table, IReadOnlyList<IKeyFilter> filters) => Sum(query => string.Join(
        " UNION ALL ",
        filters.Select((filter, i) =>
            $"SELECT {i.ToString(CultureInfo.InvariantCulture)}, COUNT(*), CAST({hash.OfRows(RowHashOf(table))} AS CHAR) FROM {From(table)} "
            + $"WHERE {Where(table, filter, query)}")));

    /// <summary>A row per aggregate: its key, and the number and sum of its rows in this table. Keys that only a collation takes for equal stay apart.</summary>
    public SqlQuery SumPerAggregate(ComparedTable table, IKeyFilter filter) => Sum(query =>
        $"SELECT {Texts(table.AggregateKey)}, COUNT(*), CAST({hash.OfRows(RowHashOf(table))} AS CHAR) FROM {From(table)} "
        + $"WHERE {Where(table, filter, query)} GROUP BY {string.Join(", ", table.AggregateKey.Select(c => c.AsExact()))}");

    /// <summary>A row per bucket of keys: its number, and the number and sum of its rows in this table.</summary>
    public SqlQuery SumPerBucket(ComparedTable table, IKeyFilter filter) => Sum(query =>
        $"SELECT {Buckets.Of(table.AggregateKey)} AS bucket, COUNT(*), CAST({hash.OfRows(RowHashOf(table))} AS CHAR) FROM {From(table)} "
        + $"WHERE {Where(table, filter, query)} GROUP BY bucket");

    /// <summary>Every compared column of the rows, as text.</summary>
    public static SqlQuery Rows(ComparedTable table, IKeyFilter filter) => Build(query =>
        $"SELECT {Texts(table.AggregateKey)}, {Texts(table.Columns)} FROM {From(table)} WHERE {Where(table, filter, query)}");

    /// <summary>The key that many rows further in the range, or no row.</summary>
    public SqlQuery KeyAt(KeyRange range, int offset) => Build(query =>
        $"SELECT {Texts(Root.AggregateKey)} FROM {From(Root)} WHERE {Where(Root, range, query)} "
        + $"ORDER BY {string.Join(", ", Root.AggregateKey.Select(c => c.AsOrdered()))} LIMIT 1 OFFSET {offset.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Keys of the aggregates whose <paramref name="column"/> lies in the window.</summary>
    public SqlQuery KeysBetween(string column, string from, string? before, int limit) => Build(query =>
    {
        var until = before is null ? "" : $" AND {SqlQuery.Quote(column)} < {query.Add(before)}";
        return $"SELECT {Texts(Root.AggregateKey)} FROM {From(Root)} WHERE {SqlQuery.Quote(column)} >= {query.Add(from)}{until} "
            + $"ORDER BY {SqlQuery.Quote(column)} DESC LIMIT {limit.ToString(CultureInfo.InvariantCulture)}";
    });

    /// <summary>The greatest value of a column of the root.</summary>
    public SqlQuery Greatest(string column) => Build(_ => $"SELECT CAST(MAX({SqlQuery.Quote(column)}) AS CHAR) FROM {From(Root)}");

    /// <summary>The greatest value below another one, of rows that are not marked.</summary>
    public SqlQuery GreatestBelow(string column, string before, string? mark) => Build(query =>
        $"SELECT CAST({SqlQuery.Quote(column)} AS CHAR) FROM {From(Root)} WHERE {SqlQuery.Quote(column)} < {query.Add(before)}"
        + $"{(mark is null ? "" : $" AND {SqlQuery.Quote(mark)} IS NULL")} ORDER BY {SqlQuery.Quote(column)} DESC LIMIT 1");

    /// <summary>A column's value in the row with the greatest <paramref name="writtenAt"/>.</summary>
    public SqlQuery OfNewest(string column, string writtenAt) => Build(_ =>
        $"SELECT CAST({SqlQuery.Quote(column)} AS CHAR) FROM {From(Root)} ORDER BY {SqlQuery.Quote(writtenAt)} DESC LIMIT 1");

    /// <summary>Rows of a table that name no aggregate.</summary>
    public static SqlQuery Ownerless(ComparedTable table) => Build(_ =>
        $"SELECT COUNT(*) FROM {From(table)} WHERE {string.Join(" OR ", table.AggregateKey.Where(c => !c.IsRequired).Select(c => $"{c.Quoted} IS NULL"))}");

    public SqlQuery Estimate() => Build(query =>
        $"SELECT CAST(COALESCE(MAX(table_rows), 0) AS SIGNED) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = {query.Add(Root.Name)}");

    private string RowHashOf(ComparedTable table)
    {
        // CONCAT_WS leaves NULLs out, so a bit per column says where they were.
        var nullable = table.Columns.Where(c => !c.IsRequired).Select(c => $"ISNULL({c.Quoted})").ToList();
        IEnumerable<string> nulls = nullable.Count == 0 ? [] : [$"CONCAT({string.Join(", ", nullable)})"];
        return hash.OfRow($"CONCAT_WS({string.Join(", ", [Separator, .. table.Columns.Select(c => c.AsHashed()), .. nulls])})");
    }

    /// <summary>Rows whose key is NULL are in no range and belong to no aggregate: they are counted when the run is planned.</summary>
    private static string Where(ComparedTable table, IKeyFilter filter, SqlQuery query) => string.Concat(
        [filter.Where(table.AggregateKey, query), .. table.AggregateKey.Where(c => !c.IsRequired).Select(c => $" AND {c.Quoted} IS NOT NULL")]);

    private SqlQuery Sum(Func<SqlQuery, string> text) => Build(query => hash.OfQuery(text(query)));

    private static SqlQuery Build(Func<SqlQuery, string> text)
    {
        var query = new SqlQuery();
        query.Text = text(query);
        return query;
    }

    private static string From(ComparedTable table) => SqlQuery.Quote(table.Name);

    private static string Texts(IReadOnlyList<Column> columns) => string.Join(", ", columns.Select(c => c.AsText()));
}
