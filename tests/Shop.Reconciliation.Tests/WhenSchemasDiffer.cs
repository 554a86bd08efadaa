using System.Text.RegularExpressions;
using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
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
    [InlineData("v BIT(1)", "v TINYINT(1)", "b'1'", "1", "bit(1)")]
    [InlineData("v INT(5) ZEROFILL", "v INT", "42", "42", "zerofill")]
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

    [Theory]
    [InlineData("INT", "VARCHAR(20)")]
    [InlineData("VARCHAR(20)", "BIGINT UNSIGNED")]
    [InlineData("INT UNSIGNED", "DECIMAL(20,0)")]
    [InlineData("ENUM('9','10','11','100','7','8','12','13','14','99')", "VARCHAR(20)")]
    [InlineData("ENUM('100','99','14','13','12','11','10','9','8','7')", "ENUM('7','8','9','10','11','12','13','14','99','100')")]
    public async Task Keys_of_different_types_put_no_row_into_another_range(string old, string current)
    {
        // Numbers in one order, texts in another: more rows than a range has, and one that really is missing.
        const string Rows = "INSERT INTO thing VALUES (7, 1), (8, 1), (9, 1), (10, 1), (11, 1), (12, 1), (13, 1), (14, 1), (99, 1), (100, 1)";
        var texts = Regex.Replace(Rows, @"\((\d+),", "('$1',");
        var plan = Plan with { Children = [], LeafRows = 2 };

        var report = await CompareAsync(
            $"CREATE TABLE thing (id {old} PRIMARY KEY, v INT); {texts}",
            $"CREATE TABLE thing (id {current} PRIMARY KEY, v INT); {texts}; DELETE FROM thing WHERE id = '10'; UPDATE thing SET v = 2 WHERE id = '99'", plan);

        Assert.Equal((1, 1, 0), Counts(report));
        Assert.Equal(("10", "99"), (Assert.Single(report.Missing).Key, Assert.Single(report.Changed).Key));
    }

    [Fact]
    public async Task Uuids_and_the_same_as_text_are_one_key()
    {
        var rows = string.Join("; ", Enumerable.Range(1, 12).Select(i => $"INSERT INTO thing VALUES (CONCAT(LEFT(MD5({i}), 8), '-0000-4000-8000-', LEFT(MD5({i} * 7), 12)), {i})"));

        var report = await CompareAsync(
            $"CREATE TABLE thing (id UUID PRIMARY KEY, v INT); {rows}", $"CREATE TABLE thing (id CHAR(36) PRIMARY KEY, v INT); {rows}; DELETE FROM thing WHERE v = 5", Plan with { Children = [], LeafRows = 2 });

        Assert.Equal((1, 0, 0), Counts(report));
    }

    [Fact]
    public async Task A_child_that_has_its_parents_key_as_text_belongs_to_the_same_aggregate()
    {
        const string Schema = """
            CREATE TABLE thing (id INT PRIMARY KEY, v INT); CREATE TABLE part (thing_id VARCHAR(20), n INT, v INT, PRIMARY KEY (thing_id, n));
            INSERT INTO thing SELECT seq, 1 FROM seq_1_to_30; INSERT INTO part SELECT seq, 1, 1 FROM seq_1_to_30
            """;

        var report = await CompareAsync(Schema, $"{Schema}; UPDATE part SET v = 2 WHERE thing_id = '9'; DELETE FROM part WHERE thing_id = '21'; DELETE FROM thing WHERE id = 21", Plan with { LeafRows = 2 });

        Assert.Equal((1, 1, 0), Counts(report));
        Assert.Equal(("21", 1), (Assert.Single(report.Missing).Key, report.Missing[0].Items));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(150)]
    public async Task Rows_that_belong_to_nothing_are_told_and_make_it_a_lower_bound(int things)
    {
        var schema = $"""
            CREATE TABLE thing (id INT PRIMARY KEY, v INT); CREATE TABLE part (n INT PRIMARY KEY, thing_id INT NULL, KEY (thing_id));
            INSERT INTO thing SELECT seq, 1 FROM seq_1_to_{things}; INSERT INTO part SELECT seq, seq FROM seq_1_to_{things}; INSERT INTO part VALUES (900, NULL), (901, NULL)
            """;
        var plan = Plan with { RangeRows = 1000, Children = [new("part", ["thing_id"], ["n"])] };

        var report = await CompareAsync(schema, $"{schema}; DELETE FROM part WHERE n = 901; UPDATE thing SET v = 2 WHERE id = 2", plan);

        Assert.Equal((0, 1, 0), Counts(report));
        Assert.Equal("lower-bound", report.Completeness.Statement);
        Assert.Contains("2 and 1 rows of part have NULL in thing_id", Assert.Single(report.Completeness.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_in_another_reference_system_is_another_place()
    {
        const string Schema = "CREATE TABLE thing (id INT PRIMARY KEY, place POINT NOT NULL); INSERT INTO thing VALUES (1, ST_GeomFromText('POINT(1 2)', 4326)), (2, ST_GeomFromText('POINT(1 2)', 4326))";

        var report = await CompareAsync(Schema, $"{Schema}; UPDATE thing SET place = ST_GeomFromText('POINT(1 2)', 3857) WHERE id = 2", Plan with { Children = [] });

        Assert.Equal("2", Assert.Single(report.Changed).Key);
    }

    [Fact]
    public void JSON_that_one_server_writes_anew_is_not_held_against_the_text_of_the_other()
    {
        var (json, text) = (new SchemaColumn("doc", ColumnKind.Json, "json"), new SchemaColumn("doc", ColumnKind.Text, "longtext", "utf8mb4", "utf8mb4_bin"));
        var id = new SchemaColumn("id", ColumnKind.Number, "int", IsNullable: false);
        List<string> drift = [];

        var compared = ComparedTables.Match("thing", ["id"], ["id"], [], [id, json], [id, text], drift, []);
        var copied = ComparedTables.Match("thing", ["id"], ["id"], [], [id, json], [id, text], [], [], isForCopy: true);

        Assert.Equal(["id"], compared!.Columns.Select(c => c.Name));
        Assert.Contains("thing.doc is JSON on one side", Assert.Single(drift), StringComparison.Ordinal);
        Assert.Equal(["id", "doc"], copied!.Columns.Select(c => c.Name));
    }

    [Fact]
    public async Task What_only_one_side_has_makes_the_report_a_lower_bound()
    {
        var report = await CompareAsync(
            $"CREATE TABLE thing (id INT PRIMARY KEY, v INT, gift INT); INSERT INTO thing VALUES (1, 1, 1), (2, 1, 1); {Children}",
            "CREATE TABLE thing (id INT PRIMARY KEY, v INT); INSERT INTO thing VALUES (1, 1)");

        Assert.Equal((1, 0, 0), Counts(report));
        Assert.Equal("lower-bound", report.Completeness.Statement);
        Assert.Equal(["thing.gift is only in the old primary", "part is absent from the new primary, or hidden from this login"], report.Evidence.SchemaDrift);
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
