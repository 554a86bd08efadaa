using System.Text;
using System.Text.Json;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Reports;
using Shop.Reconciliation.Reports.Html;

namespace Shop.Reconciliation.Tests.Reports;

public sealed class WhenAReportIsWritten
{
    private static readonly Report Some = Samples.Report(
        Samples.Missing("b"), Samples.Missing("a", note: "<script>alert(1)</script>"), Samples.Changed("c", 500, 300));

    [Fact]
    public void It_totals_orders_items_and_money_per_currency()
    {
        Assert.Equal(2, Some.Totals.Missing.Count);
        Assert.Equal(2, Some.Totals.Missing.Items);
        Assert.Equal([new("USD", 3998)], Some.Totals.Missing.Money);
        Assert.Equal([new("USD", 200)], Some.Totals.Changed.Money);
        Assert.Equal((3, 2, 1), (Some.Totals.Extra.Count, Some.Totals.Extra.Created, Some.Totals.Extra.Updated));
    }

    [Fact]
    public void The_same_results_in_another_order_give_the_same_bytes()
    {
        var again = Samples.Report(
            Samples.Changed("c", 500, 300), Samples.Missing("a", note: "<script>alert(1)</script>"), Samples.Missing("b"));

        Assert.Equal(Encoding.UTF8.GetString(ReportHash.Write(Some)), Encoding.UTF8.GetString(ReportHash.Write(again)));
    }

    [Theory]
    [InlineData("\"total\"", "\"t0tal\"")]
    [InlineData("\"count\": 2", "\"count\": 1")]
    [InlineData("us-west-2", "us-west-1")]
    public void Its_hash_tells_when_a_byte_was_altered(string from, string to)
    {
        var json = Encoding.UTF8.GetString(ReportHash.Write(Some));

        Assert.True(ReportHash.Verify(Encoding.UTF8.GetBytes(json)));
        Assert.Contains(from, json, StringComparison.Ordinal);
        Assert.False(ReportHash.Verify(Encoding.UTF8.GetBytes(json.Replace(from, to, StringComparison.Ordinal))));
    }

    [Fact]
    public void Its_hash_is_made_of_the_text_without_the_last_member()
    {
        var json = Encoding.UTF8.GetString(ReportHash.Write(Some));
        var without = string.Concat(json.AsSpan(0, json.LastIndexOf(",\n  \"contentHash\"", StringComparison.Ordinal)), "\n}");

        Assert.Equal(Some.ContentHash, $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(without)))}");
    }

    [Fact]
    public void Personal_data_is_in_none_of_its_files()
    {
        var report = Samples.Report(Samples.Missing("a", "jane.roe@example.com"), Samples.Changed("c", 1, 2));
        string[] files =
        [
            Encoding.UTF8.GetString(ReportHash.Write(report)), ReportHtml.Write(report),
            ReportCsv.Write(report, report.Missing), ReportCsv.WriteItems(report.Missing), ReportCsv.Write(report, report.Changed),
            ReportMarkdown.Write(report), Encoding.UTF8.GetString(ReportNdjson.Write(report)),
        ];

        Assert.All(files, f => Assert.DoesNotContain("jane.roe", f, StringComparison.Ordinal));
        Assert.All(files, f => Assert.DoesNotContain("Wood Watch", f, StringComparison.Ordinal));
        Assert.Contains("j***@e***", files[0], StringComparison.Ordinal);
    }

    [Fact]
    public void It_follows_its_schema()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "report.schema.json")));

        Assert.Empty(SchemaCheck.Errors(schema.RootElement, ReportHash.Write(Some)));
        Assert.Empty(SchemaCheck.Errors(schema.RootElement, ReportHash.Write(Samples.Report())));
        Assert.NotEmpty(SchemaCheck.Errors(schema.RootElement, ReportHash.Write(Some with { SchemaVersion = 1 })));
        Assert.NotEmpty(SchemaCheck.Errors(schema.RootElement, ReportHash.Write(Some with { ContentHash = null })));
    }

    [Fact]
    public void It_is_exact_only_when_everything_was_compared()
    {
        var drifted = Samples.Report(["customer_order.gift is only in the old primary"]);

        Assert.Equal("exact", Some.Completeness.Statement);
        Assert.Equal("lower-bound", drifted.Completeness.Statement);
        Assert.Contains("customer_order.gift", drifted.Completeness.Reasons.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_left_out_is_named_beside_the_claim()
    {
        var report = Samples.Report(Samples.Missing("a")) with { Completeness = Statements.Completeness(Samples.Manifest(Samples.Plan with { Root = Samples.Plan.Root with { Ignore = ["seen"] } }), true, [], ["invoice"]) };

        Assert.Equal("exact", report.Completeness.Statement);
        Assert.Contains("The plan leaves these columns out: customer_order.seen.", report.Completeness.Warnings);
        Assert.Contains("Of the same configuration these could not be compared at all: invoice.", report.Completeness.Warnings);
        Assert.Contains("but for what is named here", ReportHtml.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_currency_is_data_and_breaks_no_table_of_the_ticket()
    {
        var report = Samples.Report(Samples.Build(Samples.Order("a", 5, "a@b.c", null, Servers.Moments.LastReplicated, currency: "|[x](y)"), Samples.Absent("a")));

        Assert.Contains(@"\|\[x\](y)", ReportMarkdown.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_stands_alone_and_escapes_what_customers_typed()
    {
        var html = ReportHtml.Write(Some);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.Contains("<h1>2 orders are missing</h1>", html, StringComparison.Ordinal);
        Assert.Contains("39.98 USD", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_nothing_says_so()
    {
        var html = ReportHtml.Write(Samples.Report());

        Assert.Contains("<h1>No order is missing</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("chart-title", html, StringComparison.Ordinal);
    }

    /// <summary>The pages are left in artifacts/reports, to be looked at.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(5_000)]
    public void The_page_stays_small_enough_for_a_browser(int missing)
    {
        var lost = Enumerable.Range(0, missing).Select(i => Samples.Missing(
            $"0193f2a0-{i:x4}-7000-8000-{i * 104729L:x12}", $"buyer{i}@example.com", i % 9 == 0 ? "gift" : null, 1000 + (i * 37 % 9000), i * 3 / (double)Math.Max(1, missing)));
        var changed = Enumerable.Range(0, missing / 12).Select(i => Samples.Changed($"0193f2a1-{i:x4}-7000-8000-{i * 104729L:x12}", 2500, 1500 + (i * 100)));

        var html = ReportHtml.Write(Samples.Report([.. lost, .. changed]));

        var folder = Directory.CreateDirectory(Path.Combine(Shop.Rehearsal.Engines.Repository.Root, "artifacts", "reports")).FullName;
        File.WriteAllText(Path.Combine(folder, $"{missing}.html"), html);
        Assert.InRange(html.Length, 1, 3_000_000);
        Assert.Equal(missing > 500, html.Contains("all are in missing.csv", StringComparison.Ordinal));
    }
}
