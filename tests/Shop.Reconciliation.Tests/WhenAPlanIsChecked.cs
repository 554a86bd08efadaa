using Shop.Lambda;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Reports;
using Shop.Reconciliation.Tests.Servers;

namespace Shop.Reconciliation.Tests;

/// <summary>What a person who writes a configuration gets wrong is said before anything is compared, or beside what was.</summary>
public sealed class WhenAPlanIsChecked(TwoPrimaries servers)
{
    private const string Table =
        "CREATE TABLE thing (id INT PRIMARY KEY, email VARCHAR(50), total INT, currency CHAR(3), created_at DATETIME(6), updated_at DATETIME(6), seen TIMESTAMP NULL, KEY (updated_at))";

    private static readonly ReconciliationPlan Plan = new(1, "checked", "thing", "part", new("thing", ["id"], "created_at", "updated_at", Masked: ["email"]));

    [Theory]
    [InlineData("masked", "emial", "Did you mean email?")]
    [InlineData("masked", "telephone", "which neither side has.")]
    [InlineData("ignore", "last_sene", "root.ignore names thing.last_sene")]
    [InlineData("money", "totl", "Did you mean total?")]
    [InlineData("updatedAt", "updated_a", "Did you mean updated_at?")]
    public async Task A_column_that_neither_side_has_is_refused(string role, string column, string told)
    {
        var root = role switch
        {
            "masked" => Plan.Root with { Masked = ["email", column] },
            "ignore" => Plan.Root with { Ignore = [column] },
            "money" => Plan.Root with { Money = new(column, "currency") },
            _ => Plan.Root with { UpdatedAt = column },
        };

        var error = await Assert.ThrowsAsync<ShopException>(() => CompareAsync(Table, Table, Plan with { Root = root }));

        Assert.Equal("Shop.InvalidPlan", error.ErrorName);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_of_one_side_is_one_that_may_be_named()
    {
        var report = await CompareAsync(Table, $"{Table}; ALTER TABLE thing DROP COLUMN email, ADD COLUMN doubled INT AS (total * 2) STORED", Plan with { Root = Plan.Root with { Masked = ["email", "doubled"] } });

        Assert.Equal("lower-bound", report.Completeness.Statement);
    }

    [Fact]
    public void A_key_can_not_be_masked() => Assert.Contains(
        "part of the key",
        Assert.Throws<ShopException>(() => PlanFile.Validate(Plan with { Root = Plan.Root with { Masked = ["ID"] } })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"schemaVersion":1,"name":"x"}""")]
    [InlineData("""{"schemaVersion":1,"name":"x","noun":"a","itemNoun":"b"}""")]
    [InlineData("""{"schemaVersion":1,"name":"x","noun":"a","itemNoun":"b/c","root":{"table":"t","key":["id"]}}""")]
    [InlineData("""{"schemaVersion":1,"name":"x","noun":"a","itemNoun":"b","root":{"table":"t","key":["id"]},"children":[{"table":"c"}]}""")]
    [InlineData("""{"schemaVersion":1,"name":"x","noun":"a","itemNoun":"b","root":{"table":"t","key":["id"],"money":{"amount":"total"}}}""")]
    [InlineData("""{"schemaVersion":1,"name":"x","noun":"a","itemNoun":"b","root":{"table":"t","key":["id"],"timeZone":"Middle/Earth"}}""")]
    public void A_plan_with_holes_is_refused_by_name(string json)
    {
        var plan = System.Text.Json.JsonSerializer.Deserialize(json, RJson.Default.ReconciliationPlan)!;

        Assert.Equal("Shop.InvalidPlan", Assert.Throws<ShopException>(() => PlanFile.Validate(plan)).ErrorName);
    }

    [Theory]
    [InlineData("updated_at", "there is no first look")]
    [InlineData("created_at", "what was created since")]
    public async Task A_version_or_a_creation_time_of_one_side_alone_is_told_and_done_without(string column, string told)
    {
        const string Rows = "INSERT INTO thing (id, total, created_at, updated_at) SELECT seq, 1, '2026-11-23 11:00:00', '2026-11-23 11:00:00' FROM seq_1_to_9";

        var report = await CompareAsync($"{Table}; {Rows}", $"{Table}; {Rows}; DELETE FROM thing WHERE id = 4; ALTER TABLE thing DROP COLUMN {column}");

        Assert.Equal("4", Assert.Single(report.Missing).Key);
        Assert.Contains(report.Completeness.Warnings, w => w.Contains(told, StringComparison.Ordinal));
        Assert.Contains($"thing.{column} is only in the old primary", report.Completeness.Reasons.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_without_an_index_on_its_parent_is_told_of()
    {
        var plan = Plan with { Children = [new("part", ["thing_id"], ["n"])] };

        var report = await CompareAsync(
            $"{Table}; CREATE TABLE part (n INT PRIMARY KEY, thing_id INT NOT NULL)", $"{Table}; CREATE TABLE part (n INT PRIMARY KEY, thing_id INT NOT NULL, KEY (thing_id, n))", plan);

        Assert.Equal("No index of part on the old primary begins with thing_id: each look for a thing's rows reads all of it.", Assert.Single(report.Completeness.Warnings, w => w.StartsWith("No index", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null, 2, 0)]
    [InlineData("+05:30", 1, 1)]
    [InlineData("Asia/Kolkata", 1, 1)]
    public async Task Local_times_are_read_in_the_zone_that_is_said(string? zone, int changed, int extra)
    {
        // In India: the failover was at 17:30. One row was updated at 17:29:50 there and lost, another one later, on the new side.
        var old = $"{Table}; INSERT INTO thing (id, total, created_at, updated_at) VALUES (1, 1, '2026-11-23 10:00:00', '2026-11-23 16:00:00'), (2, 5, '2026-11-23 10:00:00', '2026-11-23 17:29:50'), (3, 1, '2026-11-23 10:00:00', '2026-11-23 17:29:30')";
        var current = $"{Table}; INSERT INTO thing (id, total, created_at, updated_at) VALUES (1, 9, '2026-11-23 10:00:00', '2026-11-23 18:00:00'), (2, 1, '2026-11-23 10:00:00', '2026-11-23 16:30:00'), (3, 1, '2026-11-23 10:00:00', '2026-11-23 17:29:30'), (4, 1, '2026-11-23 10:00:00', '2026-11-23 11:59:59')";

        var report = await CompareAsync($"{old}, (4, 1, '2026-11-23 10:00:00', '2026-11-23 11:59:59')", current, Plan with { Root = Plan.Root with { TimeZone = zone } });

        Assert.Equal((changed, extra), (report.Totals.Changed.Count, report.Totals.Extra.Count));
        Assert.True(zone is null || report.Changed[0].UpdatedAt == "2026-11-23T11:59:50.000000Z", zone);
    }

    [Theory]
    [InlineData("UTC_TIMESTAMP(6) + INTERVAL 2 HOUR", "2:00 h ahead of")]
    [InlineData("UTC_TIMESTAMP(6) - INTERVAL 5 HOUR", "5:00 h behind")]
    [InlineData("UTC_TIMESTAMP(6)", null)]
    public async Task Times_that_look_local_are_told_of(string newest, string? told)
    {
        // The servers' own time zone is another one: what is compared is the clock, not what it shows.
        var rows = $"SET time_zone = '+00:00'; INSERT INTO thing (id, updated_at) VALUES (1, {newest})";

        var report = await CompareAsync($"{Table}; {rows}", $"{Table}; {rows}");

        Assert.Equal(told is null ? 0 : 1, report.Completeness.Warnings.Count(w => w.Contains($"is {told ?? ""}", StringComparison.Ordinal) && w.Contains("local times", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_TIMESTAMP_is_a_moment_whatever_zone_the_others_are_in()
    {
        const string Rows = "SET time_zone = '+00:00'; INSERT INTO thing (id, total, created_at, seen) VALUES (1, 1, '2026-11-23 10:00:00', '2026-11-23 11:00:00'), (2, 1, '2026-11-23 10:00:00', '2026-11-23 11:59:58')";
        var plan = Plan with { Root = Plan.Root with { UpdatedAt = "seen", TimeZone = "+05:30" } };

        var report = await CompareAsync($"{Table}; {Rows}", $"{Table}; {Rows}; DELETE FROM thing WHERE id = 2", plan);

        Assert.Equal(("2026-11-23T11:59:58.000000Z", "2026-11-23T04:30:00.000000Z"), (report.Missing.Single().UpdatedAt, report.Missing[0].CreatedAt));
    }

    private async Task<Report> CompareAsync(string old, string current, ReconciliationPlan? plan = null)
    {
        var database = await servers.CreateDatabaseAsync("DO 0");
        await servers.Old.ExecuteAsync($"USE {database}; {old}", TestContext.Current.CancellationToken);
        await servers.New.ExecuteAsync($"USE {database}; {current}", TestContext.Current.CancellationToken);
        return await new Comparison(servers, database, plan ?? Plan).RunAsync();
    }
}
