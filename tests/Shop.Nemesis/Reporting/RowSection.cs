using System.Globalization;
using System.Text;
using Shop.Nemesis.Checking;
using Shop.Nemesis.Running;
using static Shop.Nemesis.Reporting.ReportPage;

namespace Shop.Nemesis.Reporting;

/// <summary>One row: what was done, what came of it, and when.</summary>
internal static class RowSection
{
    public static void Append(StringBuilder html, RowResult r)
    {
        var (style, word) = Of(r.Status);
        html.Append(CultureInfo.InvariantCulture, $"""
            <section id="{r.Id}" aria-labelledby="{r.Id}-title">
            <h3 id="{r.Id}-title">{r.Id} {E(r.Name)}: <span class="{style}">{word}</span></h3>
            <p><b>Fault.</b> {E(r.Fault)} <b>Expected.</b> {E(r.Expected)} <span class="soft">{Kind(r.Seems)}; seed {r.Seed}, commit {E(r.Commit)}, {r.StartedAt:yyyy-MM-dd HH:mm} UTC.</span></p>

            """);
        if (r.Reason is { } reason)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"bad\">{E(reason)}</p>\n");
        }

        Chart(html, r);
        Findings(html, "Proof that the fault took effect", r.Proofs);
        Findings(html, "What came of it", r.Expectations);
        if (r.Deviations.Count > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"warn\"><b>Otherwise than the matrix says:</b> {string.Join("; ", r.Deviations.Select(E))}.</p>\n");
        }

        Judgements(html, r);
        if (r.Smallest.Count > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p><b>Smallest history that still fails:</b> {string.Join(", ", r.Smallest)} (histories/{r.Id}-seed{r.Seed}.jsonl)</p>\n");
        }

        html.Append("<details><summary>Timeline</summary><ol class=\"time\">\n");
        foreach (var moment in r.Timeline)
        {
            html.Append(CultureInfo.InvariantCulture, $"<li><span>{(moment.At - r.StartedAt).TotalSeconds:0.0} s</span>{E(moment.Text)}</li>\n");
        }

        html.Append("</ol></details>\n</section>\n");
    }

    private static void Findings(StringBuilder html, string title, IReadOnlyList<Rows.Finding> findings)
    {
        if (findings.Count > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p><b>{title}.</b></p><ul>{string.Concat(findings.Select(f => $"<li class=\"{(f.Holds ? "" : "bad")}\">{(f.Holds ? "Yes" : "No")}: {E(f.Text)}</li>"))}</ul>\n");
        }
    }

    private static void Judgements(StringBuilder html, RowResult r)
    {
        if (r.Judgements.Count == 0)
        {
            return;
        }

        html.Append("<details><summary>Invariants</summary><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Id</th><th scope=\"col\">What must hold</th><th scope=\"col\">Verdict</th><th scope=\"col\">Because</th></tr></thead><tbody>\n");
        foreach (var j in r.Judgements)
        {
            var style = j.Truth switch { Truth.Valid => "ok", Truth.Invalid => "bad", _ => "none" };
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{j.Invariant}{(j.Required ? " (of this row)" : "")}</th><td>{E(j.Says)}</td><td class=\"{style}\">{j.Truth.ToString().ToLowerInvariant()}</td><td>{E(j.Because)}</td></tr>\n");
        }

        html.Append("</tbody></table></div></details>\n");
    }

    /// <summary>Acknowledged orders over time, with the faults as bands behind them.</summary>
    private static void Chart(StringBuilder html, RowResult r)
    {
        const int width = 1000, height = 120, line = 90;
        var seconds = Math.Max(1, (r.EndedAt - r.StartedAt).TotalSeconds);
        double X(DateTimeOffset at) => Math.Clamp((at - r.StartedAt).TotalSeconds / seconds * width, 0, width);
        var says = $"{r.Acknowledgements.Count} acknowledgements over {seconds:0} seconds; faults: {(r.Bands.Count == 0 ? "none" : string.Join(", ", r.Bands.Select(b => $"{b.Fault} from {(b.From - r.StartedAt).TotalSeconds:0} to {((b.To ?? r.EndedAt) - r.StartedAt).TotalSeconds:0} s")))}";
        html.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{E(says)}\">\n");
        var shown = r.Bands.Take(6).ToList();
        for (var i = 0; i < shown.Count; i++)
        {
            var (from, to) = (X(shown[i].From), X(shown[i].To ?? r.EndedAt));
            html.Append(CultureInfo.InvariantCulture, $"<rect x=\"{from:0.#}\" y=\"0\" width=\"{Math.Max(2, to - from):0.#}\" height=\"{line}\" fill=\"var(--fault)\" fill-opacity=\".16\"/><text x=\"{Math.Min(from + 4, width - 260):0.#}\" y=\"{13 + (i * 13)}\">{E(shown[i].Fault)}</text>\n");
        }

        foreach (var bar in r.Acknowledgements.GroupBy(a => (int)((a - r.StartedAt).TotalSeconds / Math.Max(0.5, seconds / 200))))
        {
            var tall = Math.Min(line - 4, bar.Count() * 6);
            html.Append(CultureInfo.InvariantCulture, $"<rect x=\"{X(bar.First()):0.#}\" y=\"{line - tall}\" width=\"4\" height=\"{tall}\" fill=\"var(--ok)\"/>\n");
        }

        html.Append(CultureInfo.InvariantCulture, $"<path d=\"M0 {line}H{width}\" stroke=\"var(--line)\"/><text x=\"4\" y=\"{height - 10}\">0 s: orders acknowledged</text><text x=\"{width - 60}\" y=\"{height - 10}\">{seconds:0} s</text></svg>\n");
    }
}
