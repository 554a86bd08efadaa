using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Shop.Reconciliation.Reports;

/// <summary>The summary for the ticket: a screen long, no personal data.</summary>
internal static partial class ReportMarkdown
{
    private const int Shown = 20;

    public static string Write(Report report)
    {
        var text = new StringBuilder();
        var (totals, digits) = (report.Totals, report.MoneyMinorDigits);
        Line($"# {report.Database}: {Number(totals.Missing.Count)} missing, {Number(totals.Changed.Count)} changed, {Number(totals.Resurrected.Count)} resurrected");
        Line("");
        Line($"Run `{report.RunId}`, generated {Time(report.GeneratedAt)}. The list is **{(report.Completeness.Statement == Statements.Exact ? "exact" : "a lower bound")}**.");
        Line("");
        Line($"| class | {report.Noun}s | {report.ItemNoun}s | money |");
        Line("|---|---:|---:|---:|");
        foreach (var (name, total) in new[] { ("missing", totals.Missing), ("changed", totals.Changed), ("resurrected", totals.Resurrected) })
        {
            Line($"| {name} | {Number(total.Count)} | {Number(total.Items)} | {Cell(Amounts.ForPeople(total.Money, digits))} |");
        }

        Line($"| extra (expected) | {Number(totals.Extra.Count)} | {Number(totals.Extra.Items)} | {Cell(Amounts.ForPeople(totals.Extra.Money, digits))} |");
        List("What to do", report.NextSteps);
        List("Why it is a lower bound", report.Completeness.Reasons);
        List("What to know", report.Completeness.Warnings);
        List("Phases", [.. report.Phases.Select(p => $"{p.Name}: {p.State}. {p.Detail}")]);
        foreach (var (name, entries) in report.Classes.Where(c => c.Entries.Count > 0))
        {
            List(
                entries.Count > Shown ? $"{name}, the first {Shown} of {Number(entries.Count)}" : name,
                [.. entries.Take(Shown).Select(e => $"`{Code(e.Key)}`{(e.OldAmount is null && e.NewAmount is null ? "" : $" {Cell(Amounts.ForPeople(e.OldAmount ?? e.NewAmount, e.Currency, digits))}")}")]);
        }

        Line("");
        Line($"Content hash of report.json: `{report.ContentHash}`");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');

        void List(string title, IReadOnlyList<string> lines)
        {
            if (lines.Count > 0)
            {
                Line("");
                Line($"## {title}");
                Line("");
                foreach (var line in lines)
                {
                    Line($"- {line}");
                }
            }
        }
    }

    // A key is data: it must not end the code it stands in, nor the line.
    private static string Code(string key) => key.Replace('`', '\'').ReplaceLineEndings(" ");

    // So is a currency: it must neither end its cell nor bring a link along.
    private static string Cell(string text) => MarkdownSigns().Replace(text.ReplaceLineEndings(" "), @"\$0");

    [GeneratedRegex(@"[\\|\[\]<>`*_!]")]
    private static partial Regex MarkdownSigns();

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
