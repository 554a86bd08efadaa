using System.Globalization;
using System.Text;

namespace Shop.Reconciliation.Reports.Html;

/// <summary>Why the list can be believed: what was compared, with what result on both sides.</summary>
internal static class Proof
{
    public static void Write(StringBuilder page, Report report)
    {
        var evidence = report.Evidence;
        page.Append(CultureInfo.InvariantCulture, $"""
            <section aria-labelledby="evidence">
            <h2 id="evidence">Evidence</h2>
            <dl>
            {Optional("Snapshot", evidence.SnapshotId)}{Optional("Kept copy", evidence.CopiedSnapshotId)}{Optional("Restored cluster", evidence.RestoredClusterId)}
            <div><dt>Old primary's copy</dt><dd>{Text.Of(evidence.Old.Version)}, read {Text.Time(evidence.Old.ReadAt)}</dd></div>
            <div><dt>New primary</dt><dd>{Text.Of(evidence.New.Version)}, read {Text.Time(evidence.New.ReadAt)}</dd></div>
            <div><dt>Position of the old primary's copy</dt><dd><code>{Text.Of(evidence.Old.Position ?? "not known")}</code></dd></div>
            <div><dt>Position of the new primary</dt><dd><code>{Text.Of(evidence.New.Position ?? "not known")}</code></dd></div>
            <div><dt>Row hash</dt><dd>{Text.Of(evidence.Hash)}</dd></div>
            <div><dt>Waited for a busy server</dt><dd>{Text.Decimal(evidence.WaitedForLoadSeconds)} s</dd></div>
            <div><dt>Key ranges</dt><dd>{Text.Number(evidence.RangesCompared)} compared, {Text.Number(evidence.RangesDiffering)} differ</dd></div>
            </dl>
            <div class="scroll" role="region" aria-label="Rows compared" tabindex="0">
            <table>
            <caption>Rows compared, all of these columns</caption>
            <thead><tr><th scope="col">Table</th><th scope="col" class="number">Old</th><th scope="col" class="number">New</th><th scope="col">Columns</th></tr></thead>
            <tbody>

            """);
        foreach (var table in evidence.Tables)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><code>{Text.Of(table.Table)}</code></th><td class=\"number\">{Text.Number(table.OldRows)}</td><td class=\"number\">{Text.Number(table.NewRows)}</td><td>{Text.Of(string.Join(", ", table.Columns))}</td></tr>\n");
        }

        page.Append("</tbody>\n</table>\n</div>\n<h3>Phases</h3>\n<ul>\n");
        page.AppendJoin("", report.Phases.Select(p => $"<li><strong>{Text.Of(p.Name)}</strong>: {Text.Of(p.State)}. {Text.Of(p.Detail)}</li>\n"));
        page.Append(CultureInfo.InvariantCulture, $"</ul>\n<p class=\"none\">{Text.Of(evidence.HashOdds)}</p>\n</section>\n");
    }

    private static string Optional(string name, string? value) =>
        value is null ? "" : $"<div><dt>{name}</dt><dd><code>{Text.Of(value)}</code></dd></div>\n";
}
