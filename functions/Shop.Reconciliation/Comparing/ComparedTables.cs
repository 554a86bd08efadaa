using Shop.Lambda;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Comparing;

/// <summary>The tables of an aggregate as both sides have them, and how the two schemas differ.</summary>
/// <param name="Root">The table whose rows are the aggregates.</param>
/// <param name="Children">The tables whose rows belong to them.</param>
/// <param name="Drift">What one side has alone, which can't be compared.</param>
/// <param name="Notes">What both have, declared differently: compared all the same.</param>
public sealed record ComparedTables(
    ComparedTable Root, IReadOnlyList<ComparedTable> Children, IReadOnlyList<string> Drift, IReadOnlyList<string>? Notes = null)
{
    public IReadOnlyList<string> Notes { get; init; } = Notes ?? [];

    /// <summary>The key and the version alone: what is missing, and what was updated in the open, shows at a fraction of the cost.</summary>
    internal ComparedTables Versions(string? version) => this with
    {
        Root = Root with
        {
            Columns =
            [
                .. Root.AggregateKey,
                .. Root.Columns.Where(c => Same(c.Name, version ?? "") && !Root.AggregateKey.Any(k => Same(k.Name, c.Name))),
            ],
        },
        Children = [],
    };

    internal static async Task<ComparedTables> ReadAsync(
        ReconciliationPlan plan, SnapshotSession source, SnapshotSession target, CancellationToken cancellationToken, bool isForCopy = false) =>
        Of(plan, await BothSchemas.ReadAsync(TablesOf(plan), source, target, cancellationToken), isForCopy);

    internal static IEnumerable<string> TablesOf(ReconciliationPlan plan) => [plan.Root.Table, .. plan.Children.Select(c => c.Table)];

    /// <param name="plan">What is compared.</param>
    /// <param name="schemas">What both sides have of it.</param>
    /// <param name="isForCopy">Also what can be copied and not compared.</param>
    internal static ComparedTables Of(ReconciliationPlan plan, BothSchemas schemas, bool isForCopy = false)
    {
        var drift = new List<string>();
        var notes = new List<string>();
        var root = Matched(plan.Root.Table, plan.Root.Key, plan.Root.Key, plan.Root.Ignore)
            ?? throw new ShopException("Shop.NothingToCompare", $"Table {plan.Root.Table} can't be compared: {string.Join("; ", drift)}.");
        var children = plan.Children
            .Select(c => Matched(c.Table, c.ParentKey, [.. c.ParentKey, .. c.Key], c.Ignore)).OfType<ComparedTable>().ToList();

        IReadOnlyList<ComparedTable> tables = [root, .. children];
        var differing = KeyOrders.Differing([.. tables.Select(t => t.AggregateKey.Select(k => schemas[t.Name].Declarations(k.Name)).ToList())]);
        if (differing.Count > 0)
        {
            notes.Add($"The key is not declared the same everywhere ({string.Join("; ", differing.Values.Select(o => string.Join(", ", o)))}): "
                + "keys are put in the order of their bytes, which no index serves");
            tables = [.. tables.Select(t => ByBytes(t, differing.Keys))];
        }

        return new(tables[0], [.. tables.Skip(1)], drift, notes);

        ComparedTable? Matched(string table, IReadOnlyList<string> key, IReadOnlyList<string> needed, IReadOnlyList<string>? ignore)
        {
            var (ours, theirs) = schemas[table];
            return Match(table, key, needed, ignore ?? [], Stored(ours), Stored(theirs), drift, notes, isForCopy);
        }

        // Generated columns follow from the others.
        static IReadOnlyList<SchemaColumn> Stored(IReadOnlyList<SchemaColumn> columns) => [.. columns.Where(c => !c.IsGenerated)];
    }

    internal static ComparedTable? Match(
        string table, IReadOnlyList<string> key, IReadOnlyList<string> needed, IReadOnlyList<string> ignore,
        IReadOnlyList<SchemaColumn> source, IReadOnlyList<SchemaColumn> target, List<string> drift, List<string> notes, bool isForCopy = false)
    {
        if (source.Count == 0 || target.Count == 0)
        {
            drift.Add((source.Count, target.Count) switch
            {
                (0, 0) => $"{table} is on neither side",
                (0, _) => $"{table} is absent from the old primary, or hidden from this login",
                _ => $"{table} is absent from the new primary, or hidden from this login",
            });
            return null;
        }

        drift.AddRange(OnlyIn(source, target).Select(c => $"{table}.{c} is only in the old primary"));
        drift.AddRange(OnlyIn(target, source).Select(c => $"{table}.{c} is only in the new primary"));
        var columns = new List<Column>();
        foreach (var ours in source.Where(c => !Has(ignore, c.Name)))
        {
            if (target.FirstOrDefault(t => Same(t.Name, ours.Name)) is { } theirs)
            {
                var (column, note) = ColumnMatch.Of(table, ours, theirs);
                if (column.IsIncomparable && !isForCopy)
                {
                    drift.Add($"{table}.{column.Name} is JSON on one side and text on the other: one server writes it anew, the other keeps it as it was sent");
                    continue;
                }

                columns.Add(column);
                notes.AddRange(note is null ? [] : [note]);
            }
        }

        if (needed.FirstOrDefault(k => !columns.Any(c => Same(c.Name, k))) is { } absent)
        {
            drift.Add($"{table}.{absent} is part of the key and not on both sides");
            return null;
        }

        return new(table, [.. key.Select(k => columns.First(c => Same(c.Name, k)))], columns);

        IEnumerable<string> OnlyIn(IReadOnlyList<SchemaColumn> here, IReadOnlyList<SchemaColumn> there) =>
            here.Select(c => c.Name).Where(n => !Has(ignore, n) && !there.Any(c => Same(c.Name, n)));
    }

    private static ComparedTable ByBytes(ComparedTable table, IEnumerable<int> parts) => table with
    {
        AggregateKey = [.. table.AggregateKey.Select((c, i) => parts.Contains(i) ? c with { IsOrderedByBytes = true } : c)],
    };

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool Has(IReadOnlyList<string> names, string name) => names.Any(n => Same(n, name));
}
