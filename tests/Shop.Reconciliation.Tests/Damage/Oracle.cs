using System.Globalization;
using MySqlConnector;

namespace Shop.Reconciliation.Tests.Damage;

/// <summary>Which aggregates differ, found the slow way: every row of both sides, in memory. Shares no code with the comparer.</summary>
internal static class Oracle
{
    public static async Task<HashSet<string>> DifferingAsync(MySqlConnection old, MySqlConnection current, int keyColumns)
    {
        var ours = await ReadAsync(old, keyColumns);
        var theirs = await ReadAsync(current, keyColumns);
        return [.. ours.Keys.Union(theirs.Keys).Where(k => !ours.GetValueOrDefault(k, []).SequenceEqual(theirs.GetValueOrDefault(k, [])))];
    }

    private static async Task<Dictionary<string, List<string>>> ReadAsync(MySqlConnection connection, int keyColumns)
    {
        var rows = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var table in new[] { "parent", "child" })
        {
            await using var command = new MySqlCommand($"SELECT * FROM {table}", connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var key = string.Join('/', Enumerable.Range(0, keyColumns).Select(i => Text(reader.GetValue(i))));
                var values = Enumerable.Range(0, reader.FieldCount).OrderBy(reader.GetName, StringComparer.Ordinal).Select(i => Text(reader.GetValue(i))).ToList();
                rows.TryAdd(key, []);
                rows[key].Add($"{table}|{string.Join('|', values.Select(v => $"{v.Length}:{v}"))}");
            }
        }

        foreach (var list in rows.Values)
        {
            list.Sort(StringComparer.Ordinal);
        }

        return rows;
    }

    private static string Text(object value) => value switch
    {
        DBNull => "\0",
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime time => time.Ticks.ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
