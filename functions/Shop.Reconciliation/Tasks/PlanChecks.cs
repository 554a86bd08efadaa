using System.Globalization;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Tasks;

/// <summary>What a person should know of a plan before he waits for its result.</summary>
internal sealed class PlanChecks(ReconciliationPlan plan, ComparedTables tables, SnapshotSession source, SnapshotSession target)
{
    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(1);

    /// <summary>Rows that belong to no aggregate, and so to no range.</summary>
    public async Task<IReadOnlyList<string>> OwnerlessAsync(RangeReader ours, RangeReader theirs, CancellationToken cancellationToken)
    {
        var drift = new List<string>();
        foreach (var table in (IReadOnlyList<ComparedTable>)[tables.Root, .. tables.Children])
        {
            var (old, current) = (await ours.OwnerlessAsync(table, cancellationToken), await theirs.OwnerlessAsync(table, cancellationToken));
            if (old + current > 0)
            {
                drift.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{old:#,0} and {current:#,0} rows of {table.Name} have NULL in {string.Join(", ", table.AggregateKey.Select(c => c.Name))} and belong to no {plan.Noun}"));
            }
        }

        return drift;
    }

    public async Task<IReadOnlyList<string>> WarningsAsync(PlanInput input, string? mark, Boundary boundary, RangeReader theirs, CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        if (boundary.IsAssumed)
        {
            warnings.Add("No failover was named (--failover-at): the report says what differs, not what was lost, and all that the new primary alone has is listed as resurrected");
        }

        var found = plan.Children.Where(c => tables.Children.Any(t => t.Name == c.Table)).Select(c => (c.Table, c.ParentKey))
            .Concat((plan.Replay?.Events ?? []).Select(e => (e.Table, e.ParentKey)));
        foreach (var (table, key) in found)
        {
            foreach (var (session, side) in new[] { (source, "old"), (target, "new") })
            {
                if (!await IndexReader.LeadsAnIndexAsync(session, table, key, cancellationToken))
                {
                    warnings.Add($"No index of {table} on the {side} primary begins with {string.Join(", ", key)}: each look for a {plan.Noun}'s rows reads all of it");
                }
            }
        }

        if (plan.Root.UpdatedAt is { } version && plan.Root.Time(version, await theirs.GreatestAsync(version, cancellationToken)) is { } newest
            && SqlTime.Parse(target.ReadAt) is { } now && Zone(newest - now) is { } zone)
        {
            warnings.Add($"The newest {version} on the new primary is {zone} its clock: if these are local times, say which (timeZone); read as UTC they classify wrongly");
        }

        if (mark is null && plan.Root.UpdatedAt is not null && input is { IsAssumed: false, ReplicatedThrough: null }
            && boundary.ReplicatedThrough + TimeSpan.FromSeconds(plan.LongestTransactionSeconds) >= boundary.LastSourceWrite)
        {
            warnings.Add("The new primary has the old one's newest write, so that all of it counts as replicated. If lost rows have been put back since the failover, say how far "
                + "replication had come (--replicated-through): the first report says it");
        }

        return warnings;
    }

    /// <summary>Ahead of the clock, or behind it by what looks like a time zone: quarters of an hour, to the minute.</summary>
    private static string? Zone(TimeSpan ahead)
    {
        if (ahead > ClockError)
        {
            return $"{Text(ahead)} ahead of";
        }

        var quarters = Math.Round(ahead / TimeSpan.FromMinutes(15));
        return quarters is >= -48 and <= -4 && (ahead - (TimeSpan.FromMinutes(15) * quarters)).Duration() < ClockError / 2 ? $"{Text(-ahead)} behind" : null;
    }

    private static string Text(TimeSpan time)
    {
        var minutes = (int)Math.Round(time.TotalMinutes);
        return string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}:{minutes % 60:00} h");
    }
}
