using System.Globalization;
using MySqlConnector;

namespace Shop.Benchmarks.Reconciling;

/// <summary>A thousand differences of every class but the resurrected: most near the failover, the rest spread over the whole table.</summary>
internal static class Damage
{
    public const int LostInTail = 500;
    public const int NewAfterwards = 200;
    public const int ChangedInTail = 200;
    public const int LostInMiddle = 25;
    public const int ChangedInMiddle = 25;
    public const int Silent = 25;
    public const int ItemOnly = 25;

    /// <summary>What a report must list; what is new afterwards is only counted.</summary>
    public static (int Missing, int Changed, int Extra) Expected => (LostInTail + LostInMiddle, ChangedInTail + ChangedInMiddle + Silent + ItemOnly, NewAfterwards);

    public static async Task DoAsync(TwoSides sides, int orders, CancellationToken cancellationToken)
    {
        await using var old = new MySqlConnection(TwoSides.ConnectionString(sides.Old));
        await using var current = new MySqlConnection(TwoSides.ConnectionString(sides.New));
        await old.OpenAsync(cancellationToken);
        await current.OpenAsync(cancellationToken);
        await RunAsync(current, "SET sql_log_bin = 0, foreign_key_checks = 0, time_zone = '+00:00'");
        await RunAsync(old, "SET sql_log_bin = 0, time_zone = '+00:00'");

        // Replication had stopped: the newest never came, and updates of the ones before did not either.
        await DeleteAsync(Enumerable.Range(orders - LostInTail + 1, LostInTail));
        await RunAsync(old, $"UPDATE customer_order SET status = 'paid', updated_at = '2026-11-23 11:59:59.5' WHERE id IN ({Ids(Enumerable.Range(orders - LostInTail - ChangedInTail + 1, ChangedInTail))})");
        // The new primary has taken orders since.
        await RunAsync(current, $"""
            INSERT INTO customer_order SELECT {TwoSides.OrderedId($"({orders} + seq)")}, customer_id, first_name, last_name, email, address1, address2, city, state, zip,
              '2026-11-23 12:00:30' + INTERVAL seq SECOND, '2026-11-23 12:00:30' + INTERVAL seq SECOND, status, 'us-west-2', 2, currency, subtotal, tax, shipping, total, content_hash
            FROM seq_1_to_{NewAfterwards} JOIN customer_order ON id = {TwoSides.OrderedId("seq")}
            """);

        var step = orders / 130;
        await DeleteAsync(Spread(0, LostInMiddle));
        await RunAsync(old, $"UPDATE customer_order SET status = 'paid', updated_at = updated_at + INTERVAL 1 SECOND WHERE id IN ({Ids(Spread(1, ChangedInMiddle))})");
        await RunAsync(old, $"UPDATE customer_order SET city = 'Harbour', updated_at = updated_at WHERE id IN ({Ids(Spread(2, Silent))})");
        await RunAsync(old, $"UPDATE customer_order_item SET quantity = quantity + 1 WHERE order_id IN ({Ids(Spread(3, ItemOnly))}) AND position = 0");

        IEnumerable<int> Spread(int kind, int count) => Enumerable.Range(0, count).Select(i => (((i * 4) + kind) * step) + (step / 2) + 1);

        async Task DeleteAsync(IEnumerable<int> numbers)
        {
            var ids = Ids(numbers);
            await RunAsync(current, $"DELETE FROM customer_order_item WHERE order_id IN ({ids})");
            await RunAsync(current, $"DELETE FROM customer_order WHERE id IN ({ids})");
        }

        async Task RunAsync(MySqlConnection connection, string sql)
        {
            await using var command = new MySqlCommand(sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static string Ids(IEnumerable<int> numbers) =>
        string.Join(", ", numbers.Select(n => TwoSides.OrderedId(n.ToString(CultureInfo.InvariantCulture))));
}
