using Shop.Lambda;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Comparing;

/// <summary>The tables of an aggregate as both sides have them, and what one side has alone (which can't be compared).</summary>
public sealed record ComparedTables(ComparedTable Root, IReadOnlyList<ComparedTable> Children, IReadOnlyList<string> Drift)
{
    internal static async Task<ComparedTables> ReadAsync(
        ReconciliationPlan plan, SnapshotSession source, SnapshotSession target, CancellationToken cancellationToken)
    {
        var drift = new List<string>();
        var root = await ReadAsync(plan.Root.Table, plan.Root.Key, plan.Root.Key, plan.Root.Ignore)
            ?? throw new ShopException("Shop.NothingToCompare", $"Table {plan.Root.Table} is not on both sides: {string.Join("; ", drift)}.");
        var children = new List<ComparedTable>();
        foreach (var child in plan.Children)
        {
            if (await ReadAsync(child.Table, child.ParentKey, [.. child.ParentKey, .. child.Key], child.Ignore) is { } table)
            {
                children.Add(table);
            }
        }

        return new(root, children, drift);

        async Task<ComparedTable?> ReadAsync(string table, IReadOnlyList<string> key, IReadOnlyList<string> needed, IReadOnlyList<string>? ignore)
        {
            var ours = await SchemaReader.ReadAsync(source, table, cancellationToken);
            var theirs = await SchemaReader.ReadAsync(target, table, cancellationToken);
            return Match(table, key, needed, ignore ?? [], ours, theirs, drift);
        }
    }

    internal static ComparedTable? Match(
        string table, IReadOnlyList<string> key, IReadOnlyList<string> needed, IReadOnlyList<string> ignore,
        IReadOnlyList<Column> source, IReadOnlyList<Column> target, List<string> drift)
    {
        if (source.Count == 0 || target.Count == 0)
        {
            drift.Add($"{table} is absent from the {(source.Count == 0 ? "old" : "new")} primary");
            return null;
        }

        drift.AddRange(OnlyIn(source, target).Select(c => $"{table}.{c} is only in the old primary"));
        drift.AddRange(OnlyIn(target, source).Select(c => $"{table}.{c} is only in the new primary"));
        var columns = source
            .Where(c => !Has(ignore, c.Name) && target.Any(t => Same(t.Name, c.Name)))
            .ToList();
        if (needed.FirstOrDefault(k => !columns.Any(c => Same(c.Name, k))) is { } absent)
        {
            drift.Add($"{table}.{absent} is part of the key and not on both sides");
            return null;
        }

        return new(table, [.. key.Select(k => columns.First(c => Same(c.Name, k)))], columns);

        IEnumerable<string> OnlyIn(IReadOnlyList<Column> here, IReadOnlyList<Column> there) =>
            here.Select(c => c.Name).Where(n => !Has(ignore, n) && !there.Any(c => Same(c.Name, n)));
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool Has(IReadOnlyList<string> names, string name) => names.Any(n => Same(n, name));
}
