using System.Globalization;
using MySqlConnector;
using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Comparing;

/// <summary>Reads sums, keys and aggregates of one side.</summary>
/// <param name="session">The side.</param>
/// <param name="sql">What is summed and looked for.</param>
/// <param name="contents">What is read of an aggregate that differs: all of it, when less was summed.</param>
/// <param name="pace">How much goes into a statement.</param>
internal sealed class RangeReader(SnapshotSession session, AggregateSql sql, AggregateSql? contents = null, Pace? pace = null)
{
    private readonly AggregateSql _contents = contents ?? sql;
    private readonly Pace _pace = pace ?? new Pace();

    public SnapshotSession Session => session;

    public async Task<RangeSum> SumAsync(IKeyFilter filter, CancellationToken cancellationToken) =>
        (await SumsAsync([filter], null, cancellationToken))[0];

    /// <summary>The sums of each filter, several in a statement. <paramref name="summed"/> hears how many are done.</summary>
    public async Task<IReadOnlyList<RangeSum>> SumsAsync(
        IReadOnlyList<IKeyFilter> filters, Action<int>? summed, CancellationToken cancellationToken)
    {
        var sums = new RangeSum[filters.Count];
        // Ranges with two ends and nothing left out are the same statement each time; the others go alone.
        var alike = Enumerable.Range(0, filters.Count).Where(i => filters[i] is KeyRange { After: not null, UpTo: not null }).ToList();
        for (var at = 0; at < alike.Count;)
        {
            var batch = alike.GetRange(at, _pace.Next(alike.Count - at));
            await SumBatchAsync(filters, batch, sums, prepare: true, cancellationToken);
            at += batch.Count;
            summed?.Invoke(batch.Count);
        }

        foreach (var single in Enumerable.Range(0, filters.Count).Except(alike))
        {
            await SumBatchAsync(filters, [single], sums, prepare: false, cancellationToken);
            summed?.Invoke(1);
        }

        return sums;
    }

    /// <summary>A fingerprint per bucket of keys that has a row in any of the tables.</summary>
    public async Task<Dictionary<int, string>> BucketsAsync(IKeyFilter filter, CancellationToken cancellationToken)
    {
        var buckets = new Dictionary<int, string>();
        foreach (var (table, index) in sql.Tables.Select((t, i) => (t, i)))
        {
            await session.ReadAsync(
                sql.SumPerBucket(table, filter),
                r => buckets[r.GetInt32(0)] = $"{buckets.GetValueOrDefault(r.GetInt32(0))}[{index}:{r.GetInt64(1)}:{r.GetString(2)}]",
                cancellationToken);
        }

        return buckets;
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
        var rows = _contents.Tables.ToDictionary(t => t, _ => new Dictionary<AggregateKey, List<Row>>());
        foreach (var table in _contents.Tables)
        {
            var found = rows[table];
            await session.ReadAsync(AggregateSql.Rows(table, filter), r => Add(found, table, r), cancellationToken);
        }

        return keys.ToDictionary(k => k, k => new Aggregate(
            k,
            rows[_contents.Root].GetValueOrDefault(k)?[0],
            [.. _contents.Tables.Skip(1).Select(t => new ChildRows(t.Name, rows[t].GetValueOrDefault(k) ?? []))]));
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

    public Task<string?> GreatestAsync(string column, CancellationToken cancellationToken) => ReadTextAsync(sql.Greatest(column), cancellationToken);

    /// <summary>The newest value before a moment, of rows that are not marked as put back.</summary>
    public Task<string?> NewestBeforeAsync(string column, string before, string? mark, CancellationToken cancellationToken) =>
        ReadTextAsync(sql.GreatestBelow(column, before, mark), cancellationToken);

    /// <summary>A column's value in the row that was written last, or its greatest value where nothing says when rows were written.</summary>
    public Task<string?> NewestAsync(string column, string? writtenAt, CancellationToken cancellationToken) =>
        ReadTextAsync(writtenAt is null ? sql.Greatest(column) : sql.OfNewest(column, writtenAt), cancellationToken);

    /// <summary>How many rows of a table name no aggregate.</summary>
    public async Task<long> OwnerlessAsync(ComparedTable table, CancellationToken cancellationToken)
    {
        long rows = 0;
        if (table.AggregateKey.Any(c => !c.IsRequired))
        {
            await session.ReadAsync(AggregateSql.Ownerless(table), r => rows = r.GetInt64(0), cancellationToken);
        }

        return rows;
    }

    /// <summary>About how many rows the root has, as the server guesses.</summary>
    public async Task<long> EstimateAsync(CancellationToken cancellationToken)
    {
        long rows = 0;
        await session.ReadAsync(sql.Estimate(), r => rows = r.GetInt64(0), cancellationToken);
        return rows;
    }

    private async Task<string?> ReadTextAsync(SqlQuery query, CancellationToken cancellationToken)
    {
        string? text = null;
        await session.ReadAsync(query, r => text = Text(r, 0), cancellationToken);
        return text;
    }

    private async Task SumBatchAsync(
        IReadOnlyList<IKeyFilter> filters, List<int> batch, RangeSum[] sums, bool prepare, CancellationToken cancellationToken)
    {
        var tables = sql.Tables;
        var found = batch.Select(_ => new TableSum[tables.Count]).ToArray();
        await _pace.TimeAsync(
            batch.Count,
            async () =>
            {
                for (var t = 0; t < tables.Count; t++)
                {
                    var table = t;
                    var query = sql.Sums(tables[t], [.. batch.Select(i => filters[i])]);
                    Action<MySqlDataReader> row = r => found[r.GetInt32(0)][table] = new(r.GetInt64(1), r.GetString(2));
                    await (prepare ? session.ReadPreparedAsync(query, row, cancellationToken) : session.ReadAsync(query, row, cancellationToken));
                }

                return true;
            },
            cancellationToken);
        for (var i = 0; i < batch.Count; i++)
        {
            sums[batch[i]] = new(found[i]);
        }
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

    internal static string? Text(MySqlDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : Convert.ToString(reader.GetValue(ordinal), CultureInfo.InvariantCulture);
}
