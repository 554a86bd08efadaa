using System.Globalization;
using MySqlConnector;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Tests.Servers;

namespace Shop.Reconciliation.Tests;

/// <summary>Two rows exchange a value: the case that sums are there for, and the one in which CRCs are weak.</summary>
public sealed class WhenRowsAreHashed(TwoPrimaries servers)
{
    private const int Pairs = 100_000;

    [Fact]
    public async Task Of_many_swaps_the_default_sees_all_and_CRC_32_misses_some()
    {
        await using var connection = await ConnectAsync();

        Assert.Equal(0, await UnseenAsync(connection, RowHash.Sha1Sum));
        Assert.Equal(0, await UnseenAsync(connection, RowHash.Md5Sum));
        // (3/4)^32 of them would be 10: what the odds in the report are about.
        Assert.InRange(await UnseenAsync(connection, RowHash.Crc32Sum), 1, 60);
        Assert.Contains("10,000", RowHash.Crc32Sum.Odds, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_swap_that_the_sum_of_CRCs_does_not_show_is_in_a_report_that_nobody_tuned()
    {
        var crc = RowHash.Crc32Sum.OfRow;
        await using var connection = await ConnectAsync();
        var pair = new List<string>();
        await using (var command = new MySqlCommand($"SELECT id, other, v, w, t, u FROM pairs WHERE {Same(crc)} LIMIT 1", connection))
        {
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
            pair.AddRange(Enumerable.Range(0, 6).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!));
        }

        const string Table = "CREATE TABLE thing (id INT PRIMARY KEY, v CHAR(6) NOT NULL, t CHAR(26) NOT NULL)";
        var database = await servers.CreateDatabaseAsync(Table);
        await servers.Old.ExecuteAsync($"INSERT INTO {database}.thing VALUES ({pair[0]}, '{pair[2]}', '{pair[4]}'), ({pair[1]}, '{pair[3]}', '{pair[5]}')", TestContext.Current.CancellationToken);
        await servers.New.ExecuteAsync($"INSERT INTO {database}.thing VALUES ({pair[0]}, '{pair[3]}', '{pair[4]}'), ({pair[1]}, '{pair[2]}', '{pair[5]}')", TestContext.Current.CancellationToken);
        var plan = new ReconciliationPlan(1, "things", "thing", "part", new("thing", ["id"]));

        Assert.Equal(2, (await new Comparison(servers, database, plan).RunAsync()).Totals.Changed.Count);
        Assert.Equal(0, (await new Comparison(servers, database, plan with { Hash = "crc32" }).RunAsync()).Totals.Changed.Count);
    }

    private async Task<MySqlConnection> ConnectAsync()
    {
        var connection = await TwoPrimaries.ConnectAsync(servers.Old, await servers.CreateDatabaseAsync("DO 0"));
        // The same numbers each time: MD5 of a counter, not RAND().
        await using var fill = new MySqlCommand(
            $"""
            CREATE TABLE pairs (id INT, other INT, v CHAR(6), w CHAR(6), t CHAR(26), u CHAR(26)) AS
            SELECT 100000 + seq AS id, 500000 + seq AS other, LEFT(MD5(CONCAT('v', seq)), 6) AS v, LEFT(MD5(CONCAT('w', seq)), 6) AS w,
              LEFT(MD5(CONCAT('t', seq)), 26) AS t, LEFT(MD5(CONCAT('u', seq)), 26) AS u FROM seq_1_to_{Pairs}
            """,
            connection);
        await fill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private static async Task<long> UnseenAsync(MySqlConnection connection, RowHash hash)
    {
        await using var command = new MySqlCommand($"SELECT COUNT(*) FROM pairs WHERE {Same(hash.OfRow)}", connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }

    private static string Same(Func<string, string> hash) =>
        $"v <> w AND CAST({Of(hash, "id", "v", "t")} AS DECIMAL(65)) + {Of(hash, "other", "w", "u")} = CAST({Of(hash, "id", "w", "t")} AS DECIMAL(65)) + {Of(hash, "other", "v", "u")}";

    /// <summary>A row as the engine writes it: key, length, value, and something behind it.</summary>
    private static string Of(Func<string, string> hash, string key, string value, string rest) => hash($"CONCAT_WS('#', {key}, 6, {value}, 26, {rest})");
}
