using System.Globalization;
using System.Net;
using System.Text;
using Shop.Rehearsal.Hosting;

namespace Shop.Rehearsal.ControlRoom;

/// <summary>One page: the state of both Regions, refreshed every two seconds, and the commands as buttons. No script.</summary>
internal static class ControlRoomPage
{
    private const string Style = """
        :root{color-scheme:light dark;--line:#8886}
        body{font:15px/1.45 system-ui,sans-serif;max-width:72rem;margin:1.5rem auto;padding:0 1rem}
        table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
        th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
        .lost{font-weight:700;color:#c0262d}.good{color:#1a7f37}
        form{display:inline-block;margin:0 .4rem .4rem 0}button{font:inherit;padding:.4rem .8rem}
        @media (prefers-color-scheme:dark){.lost{color:#ff7b72}.good{color:#56d364}}
        """;

    public static async Task WriteAsync(HttpContext context, HostStatus status, Uri store)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta http-equiv="refresh" content="2"><title>Control room</title><style>{Style}</style></head><body>
            <h1>Control room</h1><p>Store: <a href="{store}">{store}</a></p>
            """);
        Regions(page, status);
        Databases(page, status);
        Commands(page, status);
        List(page, "Faults", status.Faults.Select(Encode));
        List(page, "Waiting for approval", status.Approvals.Select(Encode));
        Executions(page, status);
        List(page, "Missing-transaction reports", status.Reports.Select(r => string.Create(CultureInfo.InvariantCulture,
            $"""<a href="/reports/{r.Database}/report.html">{r.Database}</a> of {r.WrittenAt:u} (<a href="/reports/{r.Database}/report.json">JSON</a>, <a href="/reports/{r.Database}/missing.csv">CSV</a>)""")));
        page.Append("</body></html>");
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
        await context.Response.WriteAsync(page.ToString());
    }

    private static void Regions(StringBuilder page, HostStatus status)
    {
        page.Append("<h2>Regions</h2><table><tr><th>Region</th><th>Built as</th><th>State</th><th>Shoppers</th><th>Alarm on the other Region</th><th>Processes</th><th>UI</th></tr>");
        foreach (var r in status.Regions)
        {
            page.Append(CultureInfo.InvariantCulture, $"""
                <tr><td>{Encode(r.Region)}</td><td>{r.Role}</td><td class="{(r.IsOn ? "good" : "lost")}">{(r.IsOn ? "up" : "lost")}</td><td>{(r.RoutingOn ? "On" : "Off")}</td>
                <td>{r.Alarm}</td><td>{r.FunctionProcesses} functions, {r.EngineProcesses} engines</td><td><a href="{r.Ui}">{r.Ui.Authority}</a></td></tr>
                """);
        }

        page.Append("</table>");
    }

    private static void Databases(StringBuilder page, HostStatus status)
    {
        page.Append("<h2>Databases</h2><table><tr><th>Cluster</th><th>Region</th><th>Role</th><th>Port</th><th>Replication lag</th></tr>");
        foreach (var d in status.Databases)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"<tr><td>{d.Name}</td><td>{Encode(d.Region)}</td><td>{d.Role}</td><td>{d.Port}</td><td>{(d.LagMilliseconds is { } lag ? $"{lag:0} ms" : "")}</td></tr>");
        }

        page.Append("</table>");
    }

    private static void Commands(StringBuilder page, HostStatus status)
    {
        page.Append("<h2>Commands</h2>");
        Button(page, "cut-replication", null, "Cut replication");
        Button(page, "heal", null, "Heal all links");
        foreach (var r in status.Regions)
        {
            Button(page, r.IsOn ? "lose-region" : "restore-region", r.Region, r.IsOn ? $"Lose {r.Region}" : $"Restore {r.Region}");
        }

        Button(page, "start-failover", null, "Start failover");
        if (status.Approvals.Count > 0)
        {
            Button(page, "approve", null, "Approve");
            Button(page, "deny", null, "Deny");
        }
    }

    private static void Executions(StringBuilder page, HostStatus status) =>
        List(page, "State machines", status.Executions.Take(20).Select(e => string.Create(CultureInfo.InvariantCulture,
            $"{e.StartedAt:HH:mm:ss} {Encode(e.Region)} {Encode(e.Machine)} {Encode(e.Name)} <strong>{e.Status}</strong> {Encode(e.Error ?? "")}")));

    private static void Button(StringBuilder page, string verb, string? argument, string label) => page.Append(CultureInfo.InvariantCulture,
        $"""<form method="post" action="/commands/{verb}?page=1{(argument is null ? "" : $"&amp;argument={argument}")}"><button>{Encode(label)}</button></form>""");

    private static void List(StringBuilder page, string title, IEnumerable<string> items)
    {
        var all = items.ToList();
        if (all.Count > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2><ul>{string.Concat(all.Select(i => $"<li>{i}</li>"))}</ul>");
        }
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
