using MySqlConnector;
using Shop.Lambda;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Tasks;
using Shop.Reconciliation.Tests.Servers;
using Shop.Rehearsal.Engines;

namespace Shop.Reconciliation.Tests.Replaying;

/// <summary>The store's own schema and plan: lost orders come back as they were, once, and nothing else is touched.</summary>
public sealed class WhenTheMissingIsReplayed(TwoPrimaries servers)
{
    private const string Lost = "2026-11-23 11:59:50.123456";
    private readonly Guid _kept = Guid.CreateVersion7();
    private readonly Guid _erased = Guid.CreateVersion7();
    private readonly Guid _updated = Guid.CreateVersion7();
    private readonly Guid[] _lost = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];

    [Fact]
    public async Task It_comes_back_as_it_was_and_a_second_time_changes_nothing()
    {
        var (comparison, database) = await ComparedAsync();
        Assert.Equal(3, (await ReplayAsync(comparison, ReplayTask.DryRun)).WouldInsert);
        Assert.Equal(1, await CountAsync(servers.New, database, "customer_order"));

        var first = await ReplayAsync(comparison, ReplayTask.Execute, "second-person");
        var verified = await ReplayAsync(comparison, ReplayTask.Verify);
        var before = await DumpAsync(database);
        var second = await ReplayAsync(comparison, ReplayTask.Execute, "second-person");

        Assert.Equal((3, 0, 0, 3, true), (first.Inserted, first.AlreadyThere, first.Conflicts, first.Events, first.IsDone));
        Assert.Equal(0, verified.Differing);
        Assert.Equal((0, 3, 0, 0), (second.Inserted, second.AlreadyThere, second.Conflicts, second.Events));
        // Lost between the commit and the record of it, an insert is still told as this run's.
        Assert.Equal(3, comparison.Files.Text("000000.ndjson").Split('\n').Count(l => l.Contains("This run put it back before.", StringComparison.Ordinal)));
        Assert.Contains("second-person", comparison.Files.Text("000000.begun.json"), StringComparison.Ordinal);
        Assert.Equal(before, await DumpAsync(database));
        Assert.Equal("run-1", await ValueAsync(servers.New, database, $"SELECT recovered_from FROM customer_order WHERE id = '{_lost[0]}'"));
        Assert.Equal(Lost, await ValueAsync(servers.New, database, $"SELECT CAST(updated_at AS CHAR) FROM customer_order WHERE id = '{_lost[0]}'"));
    }

    [Fact]
    public async Task Its_events_are_sent_again_under_their_own_ids()
    {
        var (comparison, database) = await ComparedAsync();
        await ReplayAsync(comparison, ReplayTask.Execute, "second-person");

        foreach (var side in new[] { servers.Old, servers.New })
        {
            Assert.Equal($"event-{_lost[1]}"[..36], await ValueAsync(side, database, $"SELECT event_id FROM outbox WHERE order_id = '{_lost[1]}'"));
        }

        // The old primary had sent it; whoever has it already knows it by its id.
        Assert.Equal("0", await ValueAsync(servers.Old, database, "SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL"));
        Assert.Equal("3", await ValueAsync(servers.New, database, "SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL"));
    }

    [Fact]
    public async Task A_row_with_other_content_is_a_conflict_and_stays()
    {
        var (comparison, database) = await ComparedAsync();
        await PlaceAsync(servers.New, database, _lost[2], "2026-11-23 12:05:00", total: 999);

        var replayed = await ReplayAsync(comparison, ReplayTask.Execute, "second-person");

        Assert.Equal((2, 1), (replayed.Inserted, replayed.Conflicts));
        Assert.Equal("999", await ValueAsync(servers.New, database, $"SELECT CAST(total AS CHAR) FROM customer_order WHERE id = '{_lost[2]}'"));
        Assert.Equal(1, (await ReplayAsync(comparison, ReplayTask.Verify)).Differing);
    }

    [Fact]
    public async Task A_refusal_of_the_database_is_a_conflict_and_leaves_no_half_of_it()
    {
        var (comparison, database) = await ComparedAsync();
        await servers.New.ExecuteAsync($"ALTER TABLE {database}.customer_order_item ADD CONSTRAINT few CHECK (quantity < 2 OR order_id = '{_kept}')", Token);

        var replayed = await ReplayAsync(comparison, ReplayTask.Execute, "second-person");

        Assert.Equal((0, 3), (replayed.Inserted, replayed.Conflicts));
        Assert.Equal(1, await CountAsync(servers.New, database, "customer_order"));
    }

    [Fact]
    public async Task What_is_being_recovered_is_announced_once_and_taken_back_when_it_is_over()
    {
        var (comparison, database) = await ComparedAsync();
        await servers.New.ExecuteAsync($"INSERT INTO {database}.order_recovery (order_id, run_id) VALUES ('{_lost[0]}', 'an-earlier-run')", Token);
        await ReplayAsync(comparison, ReplayTask.Announce);
        await ReplayAsync(comparison, ReplayTask.Announce);

        Assert.Equal(3, await CountAsync(servers.New, database, "order_recovery"));
        Assert.True((await ReplayAsync(comparison, ReplayTask.Withdraw)).IsDone);
        Assert.Equal("an-earlier-run", await ValueAsync(servers.New, database, "SELECT GROUP_CONCAT(run_id) FROM order_recovery"));
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_an_error_and_not_cut()
    {
        var (comparison, database) = await ComparedAsync();
        await servers.New.ExecuteAsync($"ALTER TABLE {database}.order_recovery MODIFY run_id VARCHAR(2) NOT NULL", Token);

        await Assert.ThrowsAsync<MySqlException>(() => ReplayAsync(comparison, ReplayTask.Announce));
    }

    [Fact]
    public async Task What_may_have_been_deleted_on_purpose_stays_deleted_unless_it_is_asked_for()
    {
        var (comparison, database) = await ComparedAsync(async database =>
        {
            await PlaceAsync(servers.Old, database, _erased, "2026-11-23 10:00:00");
            await PlaceAsync(servers.New, database, _erased, "2026-11-23 10:00:00");
            // A customer asks for erasure after the promotion.
            await servers.New.ExecuteAsync($"USE {database}; DELETE FROM customer_order_item WHERE order_id = '{_erased}'; DELETE FROM outbox WHERE order_id = '{_erased}'; DELETE FROM customer_order WHERE id = '{_erased}'", Token);
        });
        await ReplayAsync(comparison, ReplayTask.Announce);
        Assert.Equal("0", await ValueAsync(servers.New, database, $"SELECT COUNT(*) FROM order_recovery WHERE order_id = '{_erased}'"));

        var replayed = await ReplayAsync(comparison, ReplayTask.Execute, "second-person");

        Assert.Equal((3, 1), (replayed.Inserted, replayed.Review));
        Assert.Equal(4, await CountAsync(servers.New, database, "customer_order"));
        Assert.Equal("0", await ValueAsync(servers.New, database, $"SELECT COUNT(*) FROM outbox WHERE order_id = '{_erased}'"));

        replayed = await ReplayAsync(comparison, ReplayTask.Execute, "second-person", new ReplayRequest("first", "older-than-the-tail"));
        Assert.Equal((1, 0), (replayed.Inserted, replayed.Review));
    }

    [Fact]
    public async Task Nobody_who_places_an_order_waits_for_a_replay()
    {
        var (comparison, database) = await ComparedAsync();
        // Not even an index helps the target here: a replay must not look for an order's events by their order.
        await servers.New.ExecuteAsync($"ALTER TABLE {database}.outbox DROP KEY ix_outbox_order", Token);
        await using var shopper = await TwoPrimaries.ConnectAsync(servers.New, database);
        await using var checkout = await shopper.BeginTransactionAsync(Token);
        await using (var write = new MySqlCommand($"UPDATE outbox SET sent_at = NULL WHERE event_id = LEFT('event-{_kept}', 36); INSERT INTO outbox (event_id, order_id, type, occurred_on, body) VALUES (UUID(), UUID(), 'order.created', NOW(6), '[]')", shopper, checkout))
        {
            await write.ExecuteNonQueryAsync(Token);
        }

        // An open checkout holds its rows; a scan under lock would wait for them until the server gives up.
        var replayed = await ReplayAsync(comparison, ReplayTask.Execute, "second-person").WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.Equal((3, 3), (replayed.Inserted, replayed.Events));
    }

    [Fact]
    public async Task Compared_again_afterwards_a_lost_update_is_still_one()
    {
        var (comparison, database) = await ComparedAsync(async database =>
        {
            await PlaceAsync(servers.Old, database, _updated, "2026-11-23 11:30:00");
            await PlaceAsync(servers.New, database, _updated, "2026-11-23 11:30:00");
            // Lost on the way, and written over by live traffic.
            await servers.Old.ExecuteAsync($"UPDATE {database}.customer_order SET status = 'paid', updated_at = '2026-11-23 11:59:40' WHERE id = '{_updated}'", Token);
            await servers.New.ExecuteAsync($"UPDATE {database}.customer_order SET status = 'cancelled', updated_at = '2026-11-23 12:05:00' WHERE id = '{_updated}'", Token);
        });
        Assert.Equal(3, (await ReplayAsync(comparison, ReplayTask.Execute, "second-person")).Inserted);

        var again = await comparison.RunAsync();

        Assert.Equal((0, _updated.ToString()), (again.Totals.Missing.Count, Assert.Single(again.Changed).Key));
        Assert.Equal(comparison.Input.FailoverStartedAt, again.Incident.FailoverStartedAt);
        Assert.True(again.Incident.ReplicatedThrough < new DateTimeOffset(2026, 11, 23, 11, 59, 40, TimeSpan.Zero), $"{again.Incident.ReplicatedThrough}");
    }

    [Fact]
    public async Task A_source_that_does_not_have_it_is_no_success()
    {
        var (comparison, _) = await ComparedAsync();
        var other = (await ComparedAsync()).Comparison;
        comparison.Input = comparison.Input with { Source = other.Input.Target };

        var replayed = await ReplayAsync(comparison, ReplayTask.Execute, "second-person");

        Assert.Equal((0, 0, 3), (replayed.Inserted, replayed.Conflicts, replayed.Gone));
        Assert.Equal(3, (await ReplayAsync(comparison, ReplayTask.Verify)).Differing);
    }

    [Fact]
    public async Task The_list_of_what_is_put_back_is_the_reports_own()
    {
        var (comparison, _) = await ComparedAsync();
        var (key, bytes) = comparison.Files.Files.Single(f => f.Key.EndsWith("/missing-keys.ndjson", StringComparison.Ordinal));
        comparison.Files.Files[key] = [.. bytes[..^1], (byte)' ', (byte)'\n'];

        Assert.Equal("Shop.EvidenceAltered", (await Assert.ThrowsAsync<ShopException>(() => ReplayAsync(comparison, ReplayTask.DryRun))).ErrorName);
    }

    [Fact]
    public async Task Nobody_replays_without_a_name()
    {
        var (comparison, _) = await ComparedAsync();

        Assert.Equal("Shop.InvalidInput", (await Assert.ThrowsAsync<ShopException>(() => ReplayAsync(comparison, ReplayTask.Execute))).ErrorName);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<ReplayCounts> ReplayAsync(Comparison comparison, string mode, string? approvedBy = null, ReplayRequest? request = null) =>
        new ReplayTask(TwoPrimaries.Login, comparison.Files, TimeProvider.System).RunAsync(
            new(comparison.Input.RunId, comparison.Input.Database, mode, comparison.Input.Source, comparison.Input.Target, approvedBy, Request: request),
            new TaskContext("request", DateTimeOffset.MaxValue, null, "arn"), Token);

    private async Task<(Comparison Comparison, string Database)> ComparedAsync(Func<string, Task>? story = null)
    {
        var folder = Path.Combine(Repository.Root, "functions", "Shop.Databases", "Schema", "orders");
        var database = await servers.CreateDatabaseAsync("DO 0");
        foreach (var side in new[] { servers.Old, servers.New })
        {
            // Migrations use a variable of the session: a connection that allows them.
            await using var connection = await TwoPrimaries.ConnectAsync(side, database, allowUserVariables: true);
            foreach (var file in Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal))
            {
                await using var migration = new MySqlCommand(await File.ReadAllTextAsync(file, Token), connection);
                await migration.ExecuteNonQueryAsync(Token);
            }
        }

        await PlaceAsync(servers.Old, database, _kept, "2026-11-23 11:00:00");
        await PlaceAsync(servers.New, database, _kept, "2026-11-23 11:00:00");
        foreach (var id in _lost)
        {
            await PlaceAsync(servers.Old, database, id, Lost);
        }

        if (story is not null)
        {
            await story(database);
        }

        var plan = await PlanFile.LoadAsync(PlanFile.DefaultFolder, "orders", Token);
        var comparison = new Comparison(servers, database, plan);
        Assert.Equal(3, (await comparison.RunAsync()).Missing.Count(m => m.Action == "replay"));
        return (comparison, database);
    }

    private static async Task PlaceAsync(MariaDbServer server, string database, Guid id, string at, int total = 1550)
    {
        await using var connection = await TwoPrimaries.ConnectAsync(server, database);
        await using var command = new MySqlCommand(
            $"""
            INSERT INTO customer_order (id, customer_id, first_name, last_name, email, created_on, updated_at, status, region, epoch, currency, subtotal, tax, shipping, total,
              content_hash)
            VALUES ('{id}', 'c1', 'Ada', 'O''Hara ☕', 'ada@example.com', '{at}', '{at}', 'placed', 'us-east-1', 1, 'USD', 1000, 50, 500, {total}, REPEAT('a', 64));
            INSERT INTO customer_order_item (order_id, product_id, name, quantity, unit_cost, total_cost, position)
            VALUES ('{id}', 'p1', 'Wood Watch', 2, 500, 1000, 0), ('{id}', 'p2', 'Watch Wood', 1, 500, 500, 1);
            INSERT INTO outbox (event_id, order_id, type, occurred_on, body, sent_at) VALUES (LEFT('event-{id}', 36), '{id}', 'order.created', '{at}', '[1]', '{at}')
            """,
            connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task<string?> ValueAsync(MariaDbServer server, string database, string sql)
    {
        await using var connection = await TwoPrimaries.ConnectAsync(server, database);
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(Token), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<int> CountAsync(MariaDbServer server, string database, string table) =>
        int.Parse((await ValueAsync(server, database, $"SELECT COUNT(*) FROM {table}"))!, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string?> DumpAsync(string database)
    {
        var text = "";
        foreach (var table in (string[])["customer_order", "customer_order_item", "outbox"])
        {
            await using var connection = await TwoPrimaries.ConnectAsync(servers.New, database);
            await using var command = new MySqlCommand($"SELECT * FROM {table} ORDER BY 1, 2", connection);
            await using var reader = await command.ExecuteReaderAsync(Token);
            while (await reader.ReadAsync(Token))
            {
                text += string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i))) + "\n";
            }
        }

        return text;
    }
}
