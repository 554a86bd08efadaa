using System.Globalization;
using System.Text;
using Shop.Reconciliation.Comparing;

namespace Shop.Reconciliation.Reports.Html;

/// <summary>One class of differences, a row per aggregate, its content and changes folded below it.</summary>
internal static class ClassTable
{
    // A browser stays quick with so many; the CSV and JSON files have all.
    private const int MostRows = 500;

    public static void Write(StringBuilder page, Report report, string name, IReadOnlyList<Entry> entries)
    {
        var title = char.ToUpperInvariant(name[0]) + name[1..];
        page.Append(CultureInfo.InvariantCulture, $"<section aria-labelledby=\"{name}\">\n<h2 id=\"{name}\">{title} {Text.Of(report.Noun)}s</h2>\n");
        if (entries.Count == 0)
        {
            page.Append("<p class=\"none\">None.</p>\n</section>\n");
            return;
        }

        var shown = entries.Count > MostRows ? $"The first {MostRows:#,0} of {entries.Count:#,0}; all are in {name}.csv." : $"{entries.Count:#,0}, oldest first.";
        page.Append(CultureInfo.InvariantCulture, $"""
            <div class="scroll" role="region" aria-label="{title} {Text.Of(report.Noun)}s, table" tabindex="0">
            <table>
            <caption>{Text.Of(shown)}</caption>
            <thead><tr><th scope="col">{Text.Of(report.Noun)}</th><th scope="col">Written</th><th scope="col">Region</th><th scope="col" class="number">{Text.Of(report.ItemNoun)}s</th><th scope="col" class="number">{(name == "changed" ? "Old → new" : "Amount")}</th></tr></thead>
            <tbody>

            """);
        foreach (var entry in entries.Take(MostRows))
        {
            Row(page, report, entry);
        }

        page.Append("</tbody>\n</table>\n</div>\n</section>\n");
    }

    private static void Row(StringBuilder page, Report report, Entry entry)
    {
        var amount = entry is { OldAmount: { } old, NewAmount: { } now } && old != now
            ? $"{Money(old)} → {Money(now)}"
            : Money(entry.OldAmount ?? entry.NewAmount);
        page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><code>{Text.Of(entry.Key)}</code>");
        foreach (var note in entry.Notes)
        {
            page.Append(CultureInfo.InvariantCulture, $" <span class=\"tag\">{Text.Of(note)}</span>");
        }

        Detail(page, entry);
        page.Append(CultureInfo.InvariantCulture, $"</th><td>{Text.Time(entry.UpdatedAt ?? entry.CreatedAt)}</td><td>{Text.Of(entry.Region)}</td><td class=\"number\">{entry.Items}</td><td class=\"number\">{Text.Of(amount)}</td></tr>\n");

        string Money(decimal? value) => Amounts.ForPeople(value, entry.Currency, report.MoneyMinorDigits);
    }

    private static void Detail(StringBuilder page, Entry entry)
    {
        page.Append(CultureInfo.InvariantCulture, $"<details><summary>{(entry.Changes.Count > 0 ? $"{entry.Changes.Count} changes" : "Content")}</summary>");
        if (entry.Changes.Count > 0)
        {
            page.Append("<table><thead><tr><th scope=\"col\">Field</th><th scope=\"col\">Old primary</th><th scope=\"col\">New primary</th></tr></thead><tbody>");
            foreach (var change in entry.Changes)
            {
                var row = change.Row is null ? "" : $"[{change.Row}]";
                page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><code>{Text.Of(change.Table)}{Text.Of(row)}.{Text.Of(change.Column)}</code></th><td><del>{Value(change.Source)}</del></td><td><ins>{Value(change.Target)}</ins></td></tr>");
            }

            page.Append("</tbody></table>");
        }
        else if ((entry.Old ?? entry.New) is { } image)
        {
            Image(page, image);
        }

        page.Append(CultureInfo.InvariantCulture, $"<p class=\"advice\"><strong>{Text.Of(entry.Action)}</strong>: {Text.Of(entry.ActionReason)}</p></details>");
    }

    private static void Image(StringBuilder page, Aggregate image)
    {
        page.Append("<dl>");
        foreach (var field in image.Root?.Fields ?? [])
        {
            page.Append(CultureInfo.InvariantCulture, $"<div><dt>{Text.Of(field.Column)}</dt><dd>{Value(field.Value)}</dd></div>");
        }

        page.Append("</dl>");
        foreach (var child in image.Children.Where(c => c.Rows.Count > 0))
        {
            page.Append(CultureInfo.InvariantCulture, $"<table><caption>{Text.Of(child.Table)}</caption><thead><tr>");
            page.AppendJoin("", child.Rows[0].Fields.Select(f => $"<th scope=\"col\">{Text.Of(f.Column)}</th>")).Append("</tr></thead><tbody>");
            foreach (var row in child.Rows)
            {
                page.Append("<tr>").AppendJoin("", row.Fields.Select(f => $"<td>{Value(f.Value)}</td>")).Append("</tr>");
            }

            page.Append("</tbody></table>");
        }
    }

    private static string Value(string? value) => value is null ? "<span class=\"none\">NULL</span>" : Text.Of(value);
}
