using Shop.Reconciliation.Reports;

namespace Shop.Reconciliation.Tests.Reports;

public sealed class WhenACsvIsOpened
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData(" led", "\" led\"")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("x;=HYPERLINK(1)", "\"x;'=HYPERLINK(1)\"")]
    [InlineData("x\t=1", "\"x\t'=1\"")]
    [InlineData("x; +1", "\"x; '+1\"")]
    [InlineData("x;\"@SUM(1)", "\"x;\"\"'@SUM(1)\"")]
    [InlineData("x\n-1+cmd", "\"x\n'-1+cmd\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("1-2", "1-2")]
    public void Values_are_written_as_RFC_4180_says(string? value, string expected) => Assert.Equal(expected, CsvWriter.Field(value));

    [Theory]
    [InlineData("=HYPERLINK(1)")]
    [InlineData("+1")]
    [InlineData("-1+cmd|' /C calc'!A0")]
    [InlineData("-")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("＝1")]
    public void A_formula_becomes_text(string value) => Assert.Equal('\'', CsvWriter.Field(value).TrimStart('"')[0]);

    [Fact]
    public void Every_row_has_the_fields_of_the_header()
    {
        var report = Samples.Report(Samples.Missing("a"), Samples.Missing("b", note: "x"), Samples.Changed("c", 1, 2));

        Assert.All(
            new[] { ReportCsv.Write(report, report.Missing), ReportCsv.WriteItems(report.Missing), ReportCsv.Write(report, report.Changed) },
            csv => Assert.Single(csv.TrimEnd().Split("\r\n").Select(l => l.Count(c => c == ',')).Distinct()));
    }

    [Fact]
    public void Amounts_are_in_major_units()
    {
        var report = Samples.Report(Samples.Missing("a", total: 1905));

        Assert.Contains(",USD,19.05,,1,", ReportCsv.Write(report, report.Missing), StringComparison.Ordinal);
    }
}
