using System.Globalization;
using System.Text;

namespace Shop.Rehearsal.Hosting;

/// <summary>A status as a person reads it in a terminal.</summary>
internal static class StatusText
{
    public static string Of(HostStatus status)
    {
        var text = new StringBuilder();
        text.AppendLine("  Region      built as  is    shoppers  alarm on the other  UI                       ALB                      AWS endpoint");
        foreach (var r in status.Regions)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  {r.Region,-11} {r.Role,-9} {(r.IsOn ? "up" : "LOST"),-5} {(r.RoutingOn ? "On" : "Off"),-9} {r.Alarm,-19} {Address(r.Ui),-24} {Address(r.LoadBalancer),-24} {Address(r.Aws)}");
        }

        text.AppendLine().AppendLine("  Database    Region      role      port   replication lag");
        foreach (var d in status.Databases)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {d.Name,-11} {d.Region,-11} {d.Role,-9} {d.Port,-6} {(d.LagMilliseconds is { } lag ? $"{lag:0} ms" : "")}");
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"  {status.Processes} processes, {status.MemoryMegabytes} MB in all (the host included)");
        Section(text, "Faults", status.Faults);
        Section(text, "Waiting for approval (make approve, make deny)", status.Approvals);
        Section(text, "State machines", status.Executions.Take(12).Select(e =>
            $"{e.StartedAt:HH:mm:ss} {e.Region} {e.Machine} {e.Name} {e.Status}{(e.Error is null ? "" : $" ({e.Error})")}"));
        Section(text, "Reports", status.Reports.Select(r => $"{r.Database}: {Path.Combine(r.Folder, "report.html")}"));
        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"  {title}");
        foreach (var line in all)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    {line}");
        }
    }

    private static string Address(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
}
