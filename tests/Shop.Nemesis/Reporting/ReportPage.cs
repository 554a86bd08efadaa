using System.Globalization;
using System.Net;
using System.Text;
using Shop.Nemesis.Checking;
using Shop.Nemesis.Rows;
using Shop.Nemesis.Running;

namespace Shop.Nemesis.Reporting;

/// <summary>The report as one page that needs nothing else: no script, no font, no picture from elsewhere.</summary>
internal static class ReportPage
{
    public static string Of(NemesisReport report)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Fault matrix: {report.Passed} of {report.Rows} rows passed</title>
            <style>{Style}</style>
            </head>
            <body>
            <a class="skip" href="#rows">To the rows</a>
            <main>
            <h1>Fault matrix</h1>
            <p class="lead">{report.Rows} of {Matrix.All.Count} rows were run: <b>{report.Passed} passed</b>, <b>{report.Deviating} went another way than the matrix says, safely</b>, <b>{report.Failed} failed</b>, <b>{report.NotInjected} could not be injected</b>. Invariant violations: <b>{report.Violations}</b>.</p>
            <p class="note">Written {report.WrittenAt:yyyy-MM-dd HH:mm} UTC at commit <code>{E(report.Commit)}</code>. A row passes only if its fault is proven effective, all that is expected came true, no invariant is broken, and those that the row is about were put to the test. Again: <code>make nemesis ROWS=A2 SEED=1</code>.</p>
            """);
        Invariants(html, report);
        Trouble(html, report);
        Overview(html, report);
        html.Append("<h2>Each row</h2>\n");
        foreach (var result in report.Results)
        {
            RowSection.Append(html, result);
        }

        html.Append("</main></body></html>\n");
        return html.ToString();
    }

    public static string E(string text) => WebUtility.HtmlEncode(text);

    public static (string Class, string Word) Of(RowStatus status) => status switch
    {
        RowStatus.Passed => ("ok", "passed"),
        RowStatus.Deviates => ("warn", "deviates"),
        RowStatus.Failed => ("bad", "failed"),
        _ => ("none", "not injected"),
    };

    private static void Invariants(StringBuilder html, NemesisReport report)
    {
        html.Append("<h2>Invariants</h2>\n<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Id</th><th scope=\"col\">What must hold</th><th scope=\"col\">Held in</th><th scope=\"col\">Broken in</th><th scope=\"col\">Not put to the test in</th></tr></thead><tbody>\n");
        foreach (var group in report.Results.SelectMany(r => r.Judgements.Select(j => (Row: r, Judgement: j))).GroupBy(p => (p.Judgement.Invariant, p.Judgement.Says)))
        {
            var broken = group.Where(p => p.Judgement.Truth == Truth.Invalid).Select(p => p.Row.Id).ToList();
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{group.Key.Invariant}</th><td>{E(group.Key.Says)}</td><td>{group.Count(p => p.Judgement.Truth == Truth.Valid)} rows</td><td class=\"{(broken.Count > 0 ? "bad" : "ok")}\">{(broken.Count > 0 ? string.Join(", ", broken) : "none")}</td><td>{group.Count(p => p.Judgement.Truth == Truth.Unknown)} rows</td></tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static void Trouble(StringBuilder html, NemesisReport report)
    {
        Listing("Failed", report.Results.Where(r => r.Status == RowStatus.Failed).Select(r => (r, r.Reason ?? "")));
        Listing("Could not be injected", report.Results.Where(r => r.Status == RowStatus.NotInjected).Select(r => (r, r.Reason ?? "")));
        Listing("Deviations", report.Results.SelectMany(r => r.Deviations.Select(d => (r, d))));

        void Listing(string title, IEnumerable<(RowResult Row, string Text)> lines)
        {
            var list = lines.ToList();
            html.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2>\n");
            html.Append(list.Count == 0 ? "<p>None.</p>\n" : $"<ul>{string.Concat(list.Select(l => $"<li><a href=\"#{l.Row.Id}\">{l.Row.Id}</a> {E(l.Row.Name)}: {E(l.Text)}</li>"))}</ul>\n");
        }
    }

    private static void Overview(StringBuilder html, NemesisReport report)
    {
        html.Append("<h2 id=\"rows\">Rows</h2>\n<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Row</th><th scope=\"col\">Fault</th><th scope=\"col\">Kind</th><th scope=\"col\">Result</th><th scope=\"col\">Proof that it took effect</th><th scope=\"col\">Orders</th><th scope=\"col\">Took</th></tr></thead><tbody>\n");
        foreach (var r in report.Results)
        {
            var (style, word) = Of(r.Status);
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><a href=\"#{r.Id}\">{r.Id}</a></th><td>{E(r.Name)}</td><td>{Kind(r.Seems)}</td><td class=\"{style}\">{word}</td><td>{E(r.Proofs.Count > 0 ? r.Proofs[0].Text : "")}</td><td>{r.Acknowledged} yes, {r.Unknown} unknown, {r.Refused} no</td><td>{(r.EndedAt - r.StartedAt).TotalSeconds:0} s</td></tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    public static string Kind(Seems seems) => seems switch
    {
        Seems.SinglePointOfFailure => "S single point of failure",
        Seems.ExcessiveLoad => "E excessive load",
        Seems.ExcessiveLatency => "E excessive latency",
        Seems.Misconfiguration => "M misconfiguration and bugs",
        _ => "S shared fate",
    };

    private const string Style = """
        :root{color-scheme:light dark;--ink:#1b1f24;--soft:#555e68;--line:#d3d8de;--back:#fff;--band:#f4f6f8;--ok:#12683a;--warn:#7a4d00;--bad:#a11325;--fault:#c2410c}
        @media(prefers-color-scheme:dark){:root{--ink:#e8ebee;--soft:#a8b1bb;--line:#3a424b;--back:#14181d;--band:#1d232a;--ok:#6ed09b;--warn:#f0b95b;--bad:#ff8f9b;--fault:#fb923c}}
        body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
        main{overflow-wrap:anywhere;max-width:1100px;margin:0 auto;padding:1.5rem 1rem 4rem}
        h1{margin:0 0 .5rem}h2{margin:2rem 0 .5rem}h3{margin:0}
        .lead{font-size:1.1rem}.note,.soft{color:var(--soft)}
        .skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--back);padding:.5rem}
        a{color:inherit}
        table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}thead th{background:var(--band)}
        .scroll{overflow-x:auto}
        .ok{color:var(--ok)}.warn{color:var(--warn)}.bad{color:var(--bad);font-weight:600}.none{color:var(--soft)}
        section{border-top:2px solid var(--line);margin-top:1.5rem;padding-top:1rem}
        details{margin:.4rem 0}summary{cursor:pointer}
        svg{display:block;width:100%;height:auto;background:var(--band);margin:.6rem 0}
        svg text{fill:var(--ink);font:12px system-ui,sans-serif}
        ol.time{list-style:none;padding:0;font-size:.9rem}ol.time li{display:grid;grid-template-columns:5rem 1fr}ol.time span{color:var(--soft)}
        """;
}
