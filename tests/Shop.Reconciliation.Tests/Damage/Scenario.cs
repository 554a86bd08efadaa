using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Reports;
using Shop.Reconciliation.Tests.Servers;

namespace Shop.Reconciliation.Tests.Damage;

/// <summary>One seed's damage: two databases, what differs, and what the report of a (perhaps broken) comparison says.</summary>
internal sealed class Scenario(TwoPrimaries servers, string database, ReconciliationPlan plan, Damager damager, HashSet<string> differing)
{
    public static async Task<Scenario> CreateAsync(TwoPrimaries servers, int seed)
    {
        var isPair = seed % 3 == 0;
        var database = await servers.CreateDatabaseAsync(isPair ? Schemas.ByPair : Schemas.ByText);
        await using var old = await TwoPrimaries.ConnectAsync(servers.Old, database);
        await using var current = await TwoPrimaries.ConnectAsync(servers.New, database);
        await servers.New.ExecuteAsync($"USE {database}; {Schemas.Reordered}");
        // One in seventeen has so many rows that a comparer must narrow a range down before it opens it.
        var isLarge = seed % 17 == 10;
        var damager = new Damager(old, current, isPair, seed) { Rows = isLarge ? 700 : null };
        await damager.RunAsync();
        var differing = await Oracle.DifferingAsync(old, current, isPair ? 2 : 1);
        var plan = isPair ? Schemas.PlanByPair : Schemas.PlanByText;
        return new(servers, database, isLarge ? Schemas.WithLargeLeaves(plan) : plan, damager, differing);
    }

    /// <summary>What a right report says: class and key of each listed aggregate, and the number of extra ones.</summary>
    public IReadOnlyList<string> Expected()
    {
        // A write may have changed nothing after all (a NULL set to NULL): the brute force knows.
        Assert.Empty(differing.Except(damager.Expected.Keys));
        return Lines(damager.Expected.Where(e => differing.Contains(e.Key)).Select(e => (e.Value, e.Key)));
    }

    public Comparison Compare() => new(servers, database, plan);

    public async Task<IReadOnlyList<string>> ReportedAsync(RowHash? hash = null, Func<ReconciliationPlan, ReconciliationPlan>? change = null)
    {
        var report = await new Comparison(servers, database, change?.Invoke(plan) ?? plan, hash).RunAsync();
        return Lines(report);
    }

    private static IReadOnlyList<string> Lines(Report report) => Lines(
        report.Missing.Select(e => (DifferenceClass.Missing, e.Key))
            .Concat(report.Changed.Select(e => (DifferenceClass.Changed, e.Key)))
            .Concat(report.Resurrected.Select(e => (DifferenceClass.Resurrected, e.Key)))
            .Concat(Enumerable.Repeat((DifferenceClass.Extra, ""), report.Totals.Extra.Count)));

    private static IReadOnlyList<string> Lines(IEnumerable<(DifferenceClass Class, string Key)> found) =>
        [.. found.Select(f => f.Class == DifferenceClass.Extra ? "Extra" : $"{f.Class} {f.Key}").Order(StringComparer.Ordinal)];
}
