using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MySqlConnector;

namespace Shop.Benchmarks.Reconciling;

/// <summary>What others do to find the same: each runs in a process of its own, so that its memory is its own.</summary>
internal static class Baseline
{
    /// <summary>The word by which this executable is called for one.</summary>
    public const string Word = "reconcile-baseline";

    // What the comparer itself hashes of a row of these tables, in the same words.
    private static readonly (string Table, string Key, string Bytes)[] Tables =
    [
        ("customer_order", "id", Bytes(
            ["id", "customer_id", "first_name", "last_name", "email", "address1?", "address2?", "city?", "state?", "zip?", "created_on#", "updated_at#", "status", "region",
                "epoch#", "currency", "subtotal#", "tax#", "shipping#", "total#", "content_hash"])),
        ("customer_order_item", "order_id", Bytes(["order_id", "product_id", "name", "quantity#", "unit_cost#", "total_cost#", "position#"])),
    ];

    public static IReadOnlyDictionary<string, Func<MySqlConnection, MySqlConnection, Task<int>>> All { get; } =
        new Dictionary<string, Func<MySqlConnection, MySqlConnection, Task<int>>>(StringComparer.Ordinal)
        {
            ["floor: the same hash, one statement a table"] = (old, current) => FloorAsync(old, current, First64BitsOfSha1),
            ["floor: CRC-32, one statement a table"] = (old, current) => FloorAsync(old, current, bytes => $"CRC32({bytes})"),
            ["naive: all ids into sets"] = IdsAsync,
            ["naive: whole rows into dictionaries"] = RowsAsync,
            ["ordered merge of all row hashes"] = MergeAsync,
        };

    /// <summary>Runs one against two connection strings and prints what it took.</summary>
    public static async Task<int> RunAsync(string name, string old, string current)
    {
        await using var ours = new MySqlConnection(old);
        await using var theirs = new MySqlConnection(current);
        await ours.OpenAsync();
        await theirs.OpenAsync();
        var before = await BytesAsync(ours) + await BytesAsync(theirs);
        var started = Stopwatch.GetTimestamp();
        var found = await All[name](ours, theirs);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var bytes = await BytesAsync(ours) + await BytesAsync(theirs) - before;
        var peak = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))[6..].Trim().Split(' ')[0];
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, double>
        {
            ["seconds"] = seconds,
            ["bytes"] = bytes,
            ["peakMegabytes"] = long.Parse(peak, CultureInfo.InvariantCulture) / 1024.0,
            ["found"] = found,
        }));
        return 0;
    }

    private static async Task<int> FloorAsync(MySqlConnection old, MySqlConnection current, Func<string, string> hash)
    {
        var answers = await Task.WhenAll(SumAsync(old), SumAsync(current));
        return answers[0].Zip(answers[1]).Count(pair => pair.First != pair.Second);

        async Task<List<string>> SumAsync(MySqlConnection connection)
        {
            var sums = new List<string>();
            foreach (var (table, _, bytes) in Tables)
            {
                await foreach (var row in ReadAsync(connection, $"SELECT COUNT(*), CAST(SUM({hash(bytes)}) AS CHAR) FROM {table}"))
                {
                    sums.Add(string.Join(' ', row));
                }
            }

            return sums;
        }
    }

    private static async Task<int> IdsAsync(MySqlConnection old, MySqlConnection current)
    {
        var sets = await Task.WhenAll(SetAsync(old), SetAsync(current));
        return sets[0].Except(sets[1]).Count();

        static async Task<HashSet<string>> SetAsync(MySqlConnection connection)
        {
            var ids = new HashSet<string>(StringComparer.Ordinal);
            await foreach (var row in ReadAsync(connection, "SELECT id FROM customer_order"))
            {
                ids.Add((string)row[0]);
            }

            return ids;
        }
    }

    private static async Task<int> RowsAsync(MySqlConnection old, MySqlConnection current)
    {
        var all = await Task.WhenAll(DictionaryAsync(old), DictionaryAsync(current));
        return all[0].Count(o => !all[1].TryGetValue(o.Key, out var other) || !other.SequenceEqual(o.Value));

        static async Task<Dictionary<string, object[]>> DictionaryAsync(MySqlConnection connection)
        {
            var rows = new Dictionary<string, object[]>(StringComparer.Ordinal);
            await foreach (var row in ReadAsync(connection, "SELECT * FROM customer_order"))
            {
                rows[(string)row[0]] = row;
            }

            return rows;
        }
    }

    /// <summary>Every key with the server's hash of its row, both tables, both sides in the order of the key, one row of each at a time.</summary>
    private static async Task<int> MergeAsync(MySqlConnection old, MySqlConnection current)
    {
        var differing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (table, key, bytes) in Tables)
        {
            var sql = $"SELECT {key}, COUNT(*), CAST(SUM({First64BitsOfSha1(bytes)}) AS CHAR) FROM {table} GROUP BY {key} ORDER BY {key}";
            await using var ours = ReadAsync(old, sql).GetAsyncEnumerator();
            await using var theirs = ReadAsync(current, sql).GetAsyncEnumerator();
            var (isOld, isNew) = (await ours.MoveNextAsync(), await theirs.MoveNextAsync());
            while (isOld || isNew)
            {
                var order = !isOld ? 1 : !isNew ? -1 : string.CompareOrdinal((string)ours.Current[0], (string)theirs.Current[0]);
                if (order != 0 || !ours.Current[1].Equals(theirs.Current[1]) || !ours.Current[2].Equals(theirs.Current[2]))
                {
                    differing.Add((string)(order <= 0 ? ours : theirs).Current[0]);
                }

                isOld = order <= 0 ? await ours.MoveNextAsync() : isOld;
                isNew = order >= 0 ? await theirs.MoveNextAsync() : isNew;
            }
        }

        return differing.Count;
    }

    private static async IAsyncEnumerable<object[]> ReadAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }

    private static async Task<long> BytesAsync(MySqlConnection connection)
    {
        long bytes = 0;
        await foreach (var row in ReadAsync(connection, "SHOW SESSION STATUS WHERE variable_name IN ('Bytes_sent', 'Bytes_received')"))
        {
            bytes += long.Parse((string)row[1], CultureInfo.InvariantCulture);
        }

        return bytes;
    }

    private static string First64BitsOfSha1(string bytes) => $"CAST(CONV(LEFT(SHA1({bytes}), 16), 16, 10) AS UNSIGNED)";

    /// <summary>A column's name; with # it is a number or a time, with ? it may be NULL.</summary>
    private static string Bytes(string[] columns)
    {
        var parts = columns.Select(c => c.EndsWith('#') ? c[..^1] : $"LENGTH({c.TrimEnd('?')}), {c.TrimEnd('?')}");
        var nulls = columns.Where(c => c.EndsWith('?')).Select(c => $"ISNULL({c[..^1]})").ToList();
        var end = nulls.Count == 0 ? "" : $", CONCAT({string.Join(", ", nulls)})";
        return $"CONCAT_WS(CAST('#' AS BINARY), {string.Join(", ", parts)}{end})";
    }
}
