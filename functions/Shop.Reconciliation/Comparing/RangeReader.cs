using MySqlConnector;
using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Comparing;

/// <summary>Reads sums, keys and aggregates of one side.</summary>
internal sealed class RangeReader(SnapshotSession session, AggregateSql sql)
{
    public SnapshotSession Session => session;

    public async Task<RangeSum> SumAsync(IKeyFilter filter, CancellationToken cancellationToken)
    {
        var sums = new List<TableSum>();
        foreach (var table in sql.Tables)
        {
            await session.ReadAsync(sql.Sum(table, filter), r => sums.Add(new(r.GetInt64(0), r.GetString(1))), cancellationToken);
        }

        return new(sums);
    }

    /// <summary>A fingerprint per aggregate that has a row in any of the tables.</summary>
    public async Task<Dictionary<AggregateKey, string>> FingerprintsAsync(IKeyFilter filter, CancellationToken cancellationToken)
    {
        var fingerprints = new Dictionary<AggregateKey, string>();
        foreach (var (table, index) in sql.Tables.Select((t, i) => (t, i)))
        {
            var parts = table.AggregateKey.Count;
            await session.ReadAsync(
                sql.SumPerAggregate(table, filter),
                r =>
                {
                    var key = Key(r, parts);
                    fingerprints[key] = $"{fingerprints.GetValueOrDefault(key)}[{index}:{r.GetInt64(parts)}:{r.GetString(parts + 1)}]";
                },
                cancellationToken);
        }

        return fingerprints;
    }

    public async Task<Dictionary<AggregateKey, Aggregate>> AggregatesAsync(
        IReadOnlyList<AggregateKey> keys, CancellationToken cancellationToken)
    {
        var filter = new KeySet(keys);
        var rows = sql.Tables.ToDictionary(t => t, _ => new Dictionary<AggregateKey, List<Row>>());
        foreach (var table in sql.Tables)
        {
            var found = rows[table];
            await session.ReadAsync(AggregateSql.Rows(table, filter), r => Add(found, table, r), cancellationToken);
        }

        return keys.ToDictionary(k => k, k => new Aggregate(
            k,
            rows[sql.Root].GetValueOrDefault(k)?[0],
            [.. sql.Tables.Skip(1).Select(t => new ChildRows(t.Name, rows[t].GetValueOrDefault(k) ?? []))]));
    }

    public async Task<AggregateKey?> KeyAtAsync(KeyRange range, int offset, CancellationToken cancellationToken)
    {
        AggregateKey? key = null;
        await session.ReadAsync(sql.KeyAt(range, offset), r => key = Key(r, sql.Root.AggregateKey.Count), cancellationToken);
        return key;
    }

    public async Task<IReadOnlyList<AggregateKey>> KeysBetweenAsync(
        string column, string from, string? before, int limit, CancellationToken cancellationToken)
    {
        var keys = new List<AggregateKey>();
        await session.ReadAsync(
            sql.KeysBetween(column, from, before, limit), r => keys.Add(Key(r, sql.Root.AggregateKey.Count)), cancellationToken);
        return keys;
    }

    public async Task<string?> GreatestAsync(string column, string? before, CancellationToken cancellationToken)
    {
        string? greatest = null;
        await session.ReadAsync(sql.Greatest(column, before), r => greatest = Text(r, 0), cancellationToken);
        return greatest;
    }

    private static void Add(Dictionary<AggregateKey, List<Row>> found, ComparedTable table, MySqlDataReader reader)
    {
        var parts = table.AggregateKey.Count;
        var key = Key(reader, parts);
        var row = new Row([.. table.Columns.Select((c, i) => new Field(c.Name, Text(reader, parts + i)))]);
        if (!found.TryGetValue(key, out var rows))
        {
            found[key] = rows = [];
        }

        rows.Add(row);
    }

    private static AggregateKey Key(MySqlDataReader reader, int parts) =>
        new([.. Enumerable.Range(0, parts).Select(i => Text(reader, i) ?? "")]);

    private static string? Text(MySqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
}
