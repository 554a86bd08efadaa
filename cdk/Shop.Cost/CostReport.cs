using System.Globalization;
using System.Text;

namespace Shop.Cost;

/// <summary>The table, what it is compared with, and what could be paid less or more for.</summary>
internal sealed class CostReport(IReadOnlyList<StackTemplate> templates, PriceList prices)
{
    public string Write()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Cost a month in USD, list prices of {prices.Date} ({templates.Count} templates, {templates.Sum(t => t.Resources.Count)} resources, each priced)");
        foreach (var (name, profile) in prices.Profiles)
        {
            Table(text, name, profile);
        }

        Compare(text);
        Levers(text);
        text.AppendLine().AppendLine("Not in it:");
        foreach (var item in prices.NotIncluded)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  - {item}");
        }

        var confidence = prices.Prices.Values.GroupBy(p => p.Confidence).Select(g => $"{g.Count()} {g.Key}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Confidence of the {prices.Prices.Count} prices: {string.Join(", ", confidence)}; each line with its source: cdk/Shop.Cost/prices.json");
        return text.ToString();
    }

    public decimal TotalWithoutCluster(string profile) => BillOf(profile).Lines.Where(l => l.Service != Bill.RecoveryCluster).Sum(l => l.Monthly);

    private Bill BillOf(string profile) => new(templates, prices, prices.Profiles[profile]);

    private void Table(StringBuilder text, string name, Profile profile)
    {
        var bill = BillOf(name);
        var regions = bill.Lines.Select(l => l.Region).Distinct().Order(StringComparer.Ordinal).ToList();
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{name}: {profile.Orders:N0} orders a month, {profile.Acu} ACU a database, {profile.UiTasks} UI tasks a Region");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"",-20}{string.Concat(regions.Select(r => $"{r,14}"))}{"both",14}");
        foreach (var service in bill.Lines.Where(l => l.Service != Bill.RecoveryCluster).GroupBy(l => l.Service).OrderByDescending(g => g.Sum(l => l.Monthly)))
        {
            Row(text, service.Key, [.. regions.Select(r => service.Where(l => l.Region == r).Sum(l => l.Monthly))]);
        }

        var rest = bill.Lines.Where(l => l.Service != Bill.RecoveryCluster).ToList();
        Row(text, "Total", [.. regions.Select(r => rest.Where(l => l.Region == r).Sum(l => l.Monthly))]);
        var cluster = bill.Lines.Where(l => l.Service == Bill.RecoveryCluster).Sum(l => l.Monthly);
        if (cluster > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {"beside it: the ARC cluster",-34}{cluster,28:N2}");
        }
    }

    private static void Row(StringBuilder text, string name, decimal[] amounts) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-20}{string.Concat(amounts.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a,14:N2}")))}{amounts.Sum(),14:N2}");

    private void Compare(StringBuilder text)
    {
        var own = TotalWithoutCluster("small");
        var sample = prices.Sample;
        text.AppendLine().AppendLine("Compared (50,000 orders a month, both Regions):");
        text.AppendLine(CultureInfo.InvariantCulture, $"  this store, routing by health checks (about $4 more than above) {own + 4,10:N2}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  this store with the ARC cluster                                 {own + prices.HoursPerMonth * prices.Of("arcCluster"),10:N2}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  the sample, as advertised                                       {sample.Advertised,10:N2}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  the sample, as its templates deploy it                          {sample.Deployed,10:N2}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  a drill of 4 hours, without and with the cluster                {own / prices.HoursPerMonth * 4,10:N2} {(own / prices.HoursPerMonth + prices.Of("arcCluster")) * 4,9:N2}");
    }

    private void Levers(StringBuilder text)
    {
        var hours = prices.HoursPerMonth;
        text.AppendLine().AppendLine("Levers (a month, both Regions; settings of cdk/environments):");
        (string What, decimal Saving)[] levers =
        [
            ("routing=health-checks: no ARC cluster, switching takes about two minutes more", -(hours * prices.Of("arcCluster") - 8 * prices.Of("healthCheck"))),
            ("standbyBroker=true: order events don't wait in the outbox while the primary is lost", hours * prices.Of("mq.m7g.medium")),
            ("headlessStandby=true: the standby's instances are made first, some ten minutes", -2 * hours * 0.5m * prices.Of("acu")),
            ("canaryMinutes=60: canaries buy through the pages", 6 * hours * prices.Of("canaryRun") + 2 * hours * prices.Of("interfaceEndpoint")),
            ("canaryMinutes=5", 6 * hours * 12 * prices.Of("canaryRun") + 2 * hours * prices.Of("interfaceEndpoint")),
            ("endpointZones=3 instead of 1", 2 * 2 * hours * prices.Of("interfaceEndpoint")),
            ("minimumUiTasks=2", 2 * hours * (0.25m * prices.Of("fargateCpuX86") + 0.5m * prices.Of("fargateMemoryX86") + prices.Of("ipv4"))),
            ("minimumCapacity=1", 4 * hours * 0.5m * prices.Of("acu")),
            ("minimumCapacity=8, as AWS advises for a primary under load", 4 * hours * 7.5m * prices.Of("acu")),
            ("singleRegion=true: half of it, and no survival", -TotalWithoutCluster("small") / 2),
        ];
        foreach (var (what, saving) in levers.OrderBy(l => l.Saving))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {saving,10:+#,##0.00;-#,##0.00}  {what}");
        }
    }
}
