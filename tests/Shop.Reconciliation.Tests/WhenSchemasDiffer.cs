using Shop.Lambda;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Reports;
using Shop.Reconciliation.Tests.Servers;

namespace Shop.Reconciliation.Tests;

/// <summary>The two sides declare the same data differently, or not at all: it is compared as far as it goes, and said.</summary>
public sealed class WhenSchemasDiffer(TwoPrimaries servers)
{
    private static readonly ReconciliationPlan Plan = new(
        1, "drifted", "thing", "part", new("thing", ["id"]), [new("part", ["thing_id"], ["n"])], RangeRows: 3, LeafRows: 200);

    private const string Children = "CREATE TABLE part (thing_id INT NOT NULL, n INT NOT NULL, PRIMARY KEY (thing_id, n)); INSERT INTO part VALUES (1, 1), (2, 1)";

    [Theory]
    [InlineData("v DECIMAL(10,2)", "v DECIMAL(12,4)", "12.50", "12.50", "DECIMAL(65,4)")]
    [InlineData("v DATETIME", "v DATETIME(6)", "'2026-11-23 12:00:00'", "'2026-11-23 12:00:00'", "DATETIME(6)")]
    [InlineData("v DATE", "v DATETIME", "'2026-11-23'", "'2026-11-23'", "DATETIME(0)")]
    [InlineData("v VARCHAR(20) CHARACTER SET latin1", "v VARCHAR(40) CHARACTER SET utf8mb4", "'naïve'", "'naïve'", "latin1")]
    [InlineData("v INT", "v BIGINT", "7", "7", "int")]
    [InlineData("v INT", "v VARCHAR(20)", "7", "'7'", "CHAR")]
    [InlineData("v TEXT", "v LONGTEXT", "REPEAT('x', 5000)", "REPEAT('x', 5000)", "longtext")]
    public async Task Equal_values_of_different_types_are_equal_and_the_types_are_told(string old, string current, string ours, string theirs, string told)
    {
        var report = await CompareAsync(
            $"CREATE TABLE thing (id INT PRIMARY KEY, {old}); INSERT INTO thing VALUES (1, {ours}), (2, NULL); {Children}",
            $"CREATE TABLE thing (id INT PRIMARY KEY, {current}); INSERT INTO thing VALUES (1, {theirs}), (2, NULL); {Children}");

        Assert.Equal((0, 0, 0), Counts(report));
        Assert.Equal("exact", report.Completeness.Statement);
        Assert.Contains(told, Assert.Single(report.Evidence.SchemaNotes), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_difference_below_the_coarser_scale_is_one()
    {
        var report = await CompareAsync(
            $"CREATE TABLE thing (id INT PRIMARY KEY, v DECIMAL(10,2)); INSERT INTO thing VALUES (1, 12.50), (2, 1); {Children}",
            $"CREATE TABLE thing (id INT PRIMARY KEY, v DECIMAL(12,4)); INSERT INTO thing VALUES (1, 12.5001), (2, 1); {Children}");

        Assert.Equal("1", Assert.Single(report.Changed).Key);
    }

    [Fact]
    public async Task Keys_that_the_sides_sort_differently_are_compared_by_their_bytes()
    {
        const string Rows = "INSERT INTO thing VALUES ('a', 1), ('B', 1), ('c', 1), ('D', 1), ('e', 1), ('F', 1), ('g', 1), ('Z', 1)";
        var plan = Plan with { Children = [] };

        var report = await CompareAsync(
            $"CREATE TABLE thing (id VARCHAR(10) COLLATE utf8mb4_unicode_520_ci PRIMARY KEY, v INT); {Rows}",
            $"CREATE TABLE thing (id VARCHAR(10) COLLATE utf8mb4_bin PRIMARY KEY, v INT); {Rows}; DELETE FROM thing WHERE id = 'c'; UPDATE thing SET v = 2 WHERE id = 'Z'", plan);

        Assert.Equal(("c", "Z"), (Assert.Single(report.Missing).Key, Assert.Single(report.Changed).Key));
        Assert.Contains("order of their bytes", Assert.Single(report.Evidence.SchemaNotes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_one_side_has_makes_the_report_a_lower_bound()
    {
        var report = await CompareAsync(
            $"CREATE TABLE thing (id INT PRIMARY KEY, v INT, gift INT); INSERT INTO thing VALUES (1, 1, 1), (2, 1, 1); {Children}",
            "CREATE TABLE thing (id INT PRIMARY KEY, v INT); INSERT INTO thing VALUES (1, 1)");

        Assert.Equal((1, 0, 0), Counts(report));
        Assert.Equal("lower-bound", report.Completeness.Statement);
        Assert.Equal(["thing.gift is only in the old primary", "part is absent from the new primary"], report.Evidence.SchemaDrift);
    }

    [Fact]
    public async Task A_root_table_that_is_absent_is_an_error_that_says_so()
    {
        var error = await Assert.ThrowsAsync<ShopException>(() => CompareAsync("CREATE TABLE thing (id INT PRIMARY KEY)", "CREATE TABLE other (id INT PRIMARY KEY)"));

        Assert.Equal("Shop.NothingToCompare", error.ErrorName);
        Assert.Contains("thing is absent from the new primary", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_several_kinds_and_values_of_every_kind_are_compared()
    {
        const string Schema = """
            CREATE TABLE thing (day DATE NOT NULL, code VARBINARY(8) NOT NULL, serial DECIMAL(20,0) NOT NULL, doc JSON NULL, pic LONGBLOB NULL, kind ENUM('a','b') NULL,
              at TIME(3) NULL, place POINT NULL, ratio DOUBLE NULL, twice BIGINT AS (serial * 2) VIRTUAL, PRIMARY KEY (day, code, serial));
            INSERT INTO thing (day, code, serial, doc, pic, kind, at, place, ratio)
            SELECT '2026-01-01' + INTERVAL seq DIV 3 DAY, UNHEX(LPAD(HEX(seq), 8, '0')), seq * 1000000007, CONCAT('{"n":', seq, '}'), REPEAT(CHAR(seq), 3000), 'a', '01:02:03.5',
              POINT(seq, 1), seq / 3 FROM seq_1_to_30
            """;
        var plan = Plan with { Root = new("thing", ["day", "code", "serial"]), Children = [] };

        var report = await CompareAsync(Schema, $"{Schema}; UPDATE thing SET pic = CONCAT(LEFT(pic, 2999), 'x') WHERE serial = 7000000049; UPDATE thing SET place = POINT(0, 0) WHERE serial = 8000000056; DELETE FROM thing WHERE serial = 9000000063", plan);

        Assert.Equal((1, 2, 0), Counts(report));
        Assert.Equal("2026-01-04/00000009/9000000063", Assert.Single(report.Missing).Key);
    }

    [Theory]
    [InlineData("sha1", "sum-sha1-64", "2^64")]
    [InlineData("crc32", "sum-crc32", "once in about 10,000")]
    [InlineData("md5", "sum-md5-64", "2^64")]
    public async Task Two_rows_that_swap_values_are_seen_and_the_odds_are_told(string hash, string name, string odds)
    {
        const string Schema = "CREATE TABLE thing (id INT PRIMARY KEY, v CHAR(4)); INSERT INTO thing SELECT seq, LPAD(seq, 4, '0') FROM seq_1_to_9";
        var plan = Plan with { Children = [], Hash = hash };

        var report = await CompareAsync(Schema, $"{Schema}; UPDATE thing SET v = IF(id = 3, '0007', '0003') WHERE id IN (3, 7)", plan);

        Assert.Equal((0, 2, 0), Counts(report));
        Assert.Equal(name, report.Evidence.Hash);
        Assert.Contains(odds, report.Evidence.HashOdds, StringComparison.Ordinal);
    }

    private static (int Missing, int Changed, int Resurrected) Counts(Report report) =>
        (report.Totals.Missing.Count, report.Totals.Changed.Count, report.Totals.Resurrected.Count);

    private async Task<Report> CompareAsync(string old, string current, ReconciliationPlan? plan = null)
    {
        var database = await servers.CreateDatabaseAsync("DO 0");
        await servers.Old.ExecuteAsync($"USE {database}; {old}");
        await servers.New.ExecuteAsync($"USE {database}; {current}");
        return await new Comparison(servers, database, plan ?? Plan).RunAsync();
    }
}
