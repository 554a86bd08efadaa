using System.Globalization;
using System.Text;

namespace Shop.Reconciliation.Reports.Html;

/// <summary>The report as one page: no scripts, nothing loaded from elsewhere, readable by screen readers and on paper.</summary>
internal static class ReportHtml
{
    public static string Write(Report report)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Text.Of(Title(report))}</title>
            <style>
            {Style.Css}
            </style>
            </head>
            <body>
            <a class="skip" href="#content">Skip to the report</a>
            <header>
            <p class="kicker">Missing-transaction report · {Text.Of(report.Database)}</p>
            <h1>{Text.Of(Title(report))}</h1>
            <p class="lead">{Text.Of(Lead(report))}</p>
            </header>
            <main id="content">

            """);
        Cover.Write(page, report);
        Charts.Write(page, report);
        Coverage.Write(page, report);
        foreach (var (name, entries) in report.Classes)
        {
            ClassTable.Write(page, report, name, entries);
        }

        Proof.Write(page, report);
        page.Append(CultureInfo.InvariantCulture, $"""
            </main>
            <footer>
            <p>Run <code>{Text.Of(report.RunId)}</code> · generated {Text.Time(report.GeneratedAt)} · content hash <code>{Text.Of(report.ContentHash)}</code></p>
            <p>The source of truth is <a href="report.json">report.json</a> beside this page; the lists are also in <a href="missing.csv">missing.csv</a>, <a href="changed.csv">changed.csv</a>, <a href="resurrected.csv">resurrected.csv</a> and <a href="differences.ndjson">differences.ndjson</a>, a summary for the ticket is in <a href="report.md">report.md</a>. Personal data is masked{Text.Of(Masked(report))}.</p>
            </footer>
            </body>
            </html>

            """);
        return page.ToString();
    }

    private static string Title(Report report) => report.Totals.Missing.Count switch
    {
        0 => $"No {report.Noun} is missing",
        1 => $"1 {report.Noun} is missing",
        var n => $"{Text.Number(n)} {report.Noun}s are missing",
    };

    private static string Lead(Report report)
    {
        var money = report.Totals.Missing.Money.Count == 0 ? "" : $", {Amounts.ForPeople(report.Totals.Missing.Money, report.MoneyMinorDigits)}";
        var items = report.Totals.Missing.Count == 0 ? "" : $"{Text.Number(report.Totals.Missing.Items)} {report.ItemNoun}s{money}. ";
        return $"{items}Compared: {report.Incident.OldRegion ?? "the old primary"} at its failure with {report.Incident.NewRegion ?? "the new primary"}.";
    }

    private static string Masked(Report report) =>
        report.MaskedColumns.Count == 0 ? "" : $": {string.Join(", ", report.MaskedColumns)}";
}
