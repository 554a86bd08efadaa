using System.Globalization;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Comparing;

/// <summary>Makes the difference that is reported of an aggregate as the two sides have it.</summary>
internal sealed class DifferenceBuilder(ReconciliationPlan plan, Boundary boundary)
{
    private readonly Classifier _classifier = new(boundary, plan.Root);

    public Difference Build(Aggregate source, Aggregate target)
    {
        var (kind, notes) = _classifier.Classify(source, target);
        var seen = source.Root ?? target.Root;
        var items = kind is DifferenceClass.Missing or DifferenceClass.Changed ? source : target;
        return new(
            kind,
            source.Key,
            Moment(seen, plan.Root.CreatedAt),
            Moment(seen, plan.Root.UpdatedAt),
            seen?[plan.Root.Region],
            seen?[plan.Root.Epoch],
            seen?[plan.Root.Money?.Currency],
            Amount(source.Root),
            Amount(target.Root),
            items.Children.Sum(c => c.Rows.Count),
            source.HasRows ? Present(source) : null,
            target.HasRows ? Present(target) : null,
            kind == DifferenceClass.Changed ? [.. Changes(source, target)] : [],
            notes);
    }

    private string? Moment(Row? row, string? column) => plan.Root.Time(row, column) is { } time ? SqlTime.Iso(time) : row?[column];

    private decimal? Amount(Row? row) =>
        decimal.TryParse(row?[plan.Root.Money?.Amount], NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    private IEnumerable<FieldChange> Changes(Aggregate source, Aggregate target)
    {
        foreach (var change in Changes(plan.Root.Table, null, source.Root, target.Root, plan.Root.Masked))
        {
            yield return change;
        }

        foreach (var child in plan.Children)
        {
            var old = Rows(source, child);
            var current = Rows(target, child);
            foreach (var key in old.Keys.Union(current.Keys).Order(StringComparer.Ordinal))
            {
                foreach (var change in Changes(child.Table, key, old.GetValueOrDefault(key), current.GetValueOrDefault(key), child.Masked))
                {
                    yield return change;
                }
            }
        }
    }

    private static IEnumerable<FieldChange> Changes(string table, string? row, Row? old, Row? current, IReadOnlyList<string>? masked)
    {
        var columns = (old ?? current)?.Fields.Select(f => f.Column) ?? [];
        foreach (var column in columns)
        {
            var (before, after) = (old?[column], current?[column]);
            if (!string.Equals(before, after, StringComparison.Ordinal))
            {
                var hide = Masking.IsMasked(masked, column);
                yield return new(table, row, column, hide ? Masking.Mask(before) : before, hide ? Masking.Mask(after) : after);
            }
        }
    }

    private static Dictionary<string, Row> Rows(Aggregate aggregate, ChildTable child)
    {
        var rows = new Dictionary<string, Row>(StringComparer.Ordinal);
        foreach (var row in aggregate.Children.FirstOrDefault(c => c.Table == child.Table)?.Rows ?? [])
        {
            var key = string.Join('/', child.Key.Select(k => row[k]));
            for (var twin = 2; !rows.TryAdd(key, row); twin++)
            {
                key = $"{string.Join('/', child.Key.Select(k => row[k]))}#{twin.ToString(CultureInfo.InvariantCulture)}";
            }
        }

        return rows;
    }

    private Aggregate Present(Aggregate aggregate) => new(
        aggregate.Key,
        aggregate.Root is { } root ? Masking.Mask(root, plan.Root.Masked) : null,
        [.. aggregate.Children.Select(c => c with { Rows = Present(c) })]);

    private IReadOnlyList<Row> Present(ChildRows children)
    {
        var child = plan.Children.First(c => c.Table == children.Table);
        return [.. children.Rows
            .OrderBy(r => string.Join('/', child.Key.Select(k => r[k])), StringComparer.Ordinal)
            .Select(r => Masking.Mask(r, child.Masked))];
    }
}
