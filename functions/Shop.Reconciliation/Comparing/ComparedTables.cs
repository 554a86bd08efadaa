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
        ReconciliationPlan plan, SnapshotSession source, SnapshotSession target, CancellationToken cancellationToken)
    {
        var drift = new List<string>();
        var notes = new List<string>();
        var collations = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var root = await ReadAsync(plan.Root.Table, plan.Root.Key, plan.Root.Key, plan.Root.Ignore)
            ?? throw new ShopException("Shop.NothingToCompare", $"Table {plan.Root.Table} can't be compared: {string.Join("; ", drift)}.");
        var children = new List<ComparedTable>();
        foreach (var child in plan.Children)
        {
            if (await ReadAsync(child.Table, child.ParentKey, [.. child.ParentKey, .. child.Key], child.Ignore) is { } table)
            {
                children.Add(table);
            }
        }

        if (collations.Count > 1)
        {
            notes.Add($"The key's collation is not the same everywhere ({string.Join(", ", collations.Order(StringComparer.Ordinal))}): keys are put in the order of their bytes, "
                + "which no index serves");
            return new(ByBytes(root), [.. children.Select(ByBytes)], drift, notes);
        }

        return new(root, children, drift, notes);

        async Task<ComparedTable?> ReadAsync(string table, IReadOnlyList<string> key, IReadOnlyList<string> needed, IReadOnlyList<string>? ignore)
        {
            var ours = await SchemaReader.ReadAsync(source, table, cancellationToken);
            var theirs = await SchemaReader.ReadAsync(target, table, cancellationToken);
            var matched = Match(table, key, needed, ignore ?? [], ours, theirs, drift, notes);
            if (matched is not null)
            {
                collations.UnionWith(ours.Concat(theirs).Where(c => Has(key, c.Name)).Select(c => c.Collation).OfType<string>());
            }

            return matched;
        }
    }

    internal static ComparedTable? Match(
        string table, IReadOnlyList<string> key, IReadOnlyList<string> needed, IReadOnlyList<string> ignore,
        IReadOnlyList<SchemaColumn> source, IReadOnlyList<SchemaColumn> target, List<string> drift, List<string> notes)
    {
        if (source.Count == 0 || target.Count == 0)
        {
            drift.Add((source.Count, target.Count) switch
            {
                (0, 0) => $"{table} is on neither side",
                (0, _) => $"{table} is absent from the old primary",
                _ => $"{table} is absent from the new primary",
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

    private static ComparedTable ByBytes(ComparedTable table) => table with
    {
        AggregateKey = [.. table.AggregateKey.Select(c => c.Kind == ColumnKind.Text ? c with { IsOrderedByBytes = true } : c)],
    };

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool Has(IReadOnlyList<string> names, string name) => names.Any(n => Same(n, name));
}
