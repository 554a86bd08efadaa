using System.Globalization;
using System.Text;

namespace Shop.Reconciliation.Reports.Html;

/// <summary>What everybody reads: the totals, what the report claims, and the incident.</summary>
internal static class Cover
{
    public static void Write(StringBuilder page, Report report)
    {
        var totals = report.Totals;
        page.Append("<section aria-labelledby=\"totals\">\n<h2 id=\"totals\">Totals</h2>\n<ul class=\"cards\">\n");
        Card(page, report, "Missing", totals.Missing, totals.Missing.Count > 0 ? "bad" : "good", "acknowledged and lost");
        Card(page, report, "Changed", totals.Changed, totals.Changed.Count > 0 ? "warn" : "good", "old minus new");
        Card(page, report, "Resurrected", totals.Resurrected, totals.Resurrected.Count > 0 ? "warn" : "good", "deleted there, alive here");
        Card(page, report, "Extra", new(totals.Extra.Count, totals.Extra.Items, totals.Extra.Money), "", "written since, as expected");
        page.Append("</ul>\n");
        Claim(page, report.Completeness);
        page.Append("</section>\n<section aria-labelledby=\"next\">\n<h2 id=\"next\">What to do</h2>\n");
        List(page, report.NextSteps);
        page.Append("</section>\n");
        Incident(page, report);
    }

    private static void Card(StringBuilder page, Report report, string name, ClassTotal total, string mood, string meaning) =>
        page.Append(CultureInfo.InvariantCulture, $"""
            <li class="card {mood}"><span class="what">{name}</span> <b>{Text.Number(total.Count)}</b>
            <span>{Text.Of(meaning)}<br>{Text.Number(total.Items)} {Text.Of(report.ItemNoun)}s · {Text.Of(Amounts.ForPeople(total.Money, report.MoneyMinorDigits))}</span></li>

            """);

    private static void Claim(StringBuilder page, Completeness completeness)
    {
        var (claim, meaning) = completeness.Statement == Statements.Exact
            ? ("Exact.", "Everything that both sides hold of these tables was compared, but for what is named here; nothing of it that differs is left out.")
            : ("Lower bound.", "At least this much differs; there may be more.");
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"claim {completeness.Statement}\"><p><strong>{claim}</strong> {meaning}</p>\n");
        List(page, completeness.Reasons);
        List(page, completeness.Warnings);
        page.Append("</div>\n");
    }

    private static void List(StringBuilder page, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            page.Append("<ul>").AppendJoin("", lines.Select(l => $"<li>{Text.Of(l)}</li>")).Append("</ul>\n");
        }
    }

    private static void Incident(StringBuilder page, Report report)
    {
        var incident = report.Incident;
        var lag = incident.LagMsAtPromotion is >= 0 and var ms ? $"{Text.Decimal(ms)} ms" : "<span class=\"none\">unknown</span>";
        page.Append(CultureInfo.InvariantCulture, $"""
            <section aria-labelledby="incident">
            <h2 id="incident">Incident</h2>
            <dl>
            <div><dt>Old primary</dt><dd>{Text.Of(Name($"{incident.OldClusterId} {incident.OldRegion}", report.Evidence.Old))}</dd></div>
            <div><dt>New primary</dt><dd>{Text.Of(Name(incident.NewRegion, report.Evidence.New))}</dd></div>
            <div><dt>Replicated at least through</dt><dd>{Text.Time(incident.ReplicatedThrough)}</dd></div>
            <div><dt>Last write on the old primary</dt><dd>{Text.Time(incident.LastOldWrite)}</dd></div>
            <div><dt>Failover started</dt><dd>{Failover(incident, incident.FailoverStartedAt)}</dd></div>
            <div><dt>New primary promoted</dt><dd>{Failover(incident, incident.PromotedAt)}</dd></div>
            <div><dt>Lag at promotion</dt><dd>{lag}</dd></div>
            <div><dt>First and last loss</dt><dd>{(incident.FirstLoss is null ? "<span class=\"none\">none</span>" : $"{Text.Time(incident.FirstLoss)}<br>{Text.Time(incident.LastLoss)}")}</dd></div>
            </dl>
            </section>

            """);
    }

    private static string Failover(Incident incident, DateTimeOffset at) => incident.IsAssumed is true ? "<span class=\"none\">none was named</span>" : Text.Time(at);

    /// <summary>What the failover called it, or where it answered.</summary>
    private static string Name(string? name, Tasks.SideEvidence side) =>
        name?.Trim() is { Length: > 0 } given ? given : string.Create(CultureInfo.InvariantCulture, $"{side.Host}:{side.Port}/{side.Database}");
}
