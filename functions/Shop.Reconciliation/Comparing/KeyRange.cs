using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Comparing;

/// <summary>The keys after <c>After</c> up to and including <c>UpTo</c>, in the order of the server's index. No bound means no end.</summary>
/// <remarks>Ranges that share their bounds are disjoint and leave no gap, whatever collation orders the keys.</remarks>
public sealed record KeyRange(AggregateKey? After, AggregateKey? UpTo) : IKeyFilter
{
    public static KeyRange All { get; } = new(null, null);

    string IKeyFilter.Where(IReadOnlyList<Column> columns, SqlQuery query)
    {
        var conditions = new List<string>();
        if (After is not null)
        {
            conditions.Add(Beyond(columns, After, query, '>', orEqual: false));
        }

        if (UpTo is not null)
        {
            conditions.Add(Beyond(columns, UpTo, query, '<', orEqual: true));
        }

        return conditions.Count == 0 ? "TRUE" : string.Join(" AND ", conditions);
    }

    /// <summary>Cuts this range at <paramref name="bounds"/>, which lie inside it in ascending order.</summary>
    internal IReadOnlyList<KeyRange> CutAt(IReadOnlyList<AggregateKey> bounds)
    {
        var ranges = new List<KeyRange>(bounds.Count + 1);
        var after = After;
        foreach (var bound in bounds)
        {
            ranges.Add(new(after, bound));
            after = bound;
        }

        ranges.Add(new(after, UpTo));
        return ranges;
    }

    // (a, b) > (x, y) written out, because MySQL's optimizer does not use an index for the comparison of rows.
    private static string Beyond(IReadOnlyList<Column> columns, AggregateKey bound, SqlQuery query, char comparison, bool orEqual)
    {
        var alternatives = new List<string>();
        for (var i = 0; i < columns.Count; i++)
        {
            var terms = columns.Take(i).Select((c, n) => $"{c.AsOrdered()} = {Parameter(c, n)}").ToList();
            var last = i == columns.Count - 1 && orEqual ? $"{comparison}=" : $"{comparison}";
            terms.Add($"{columns[i].AsOrdered()} {last} {Parameter(columns[i], i)}");
            alternatives.Add($"({string.Join(" AND ", terms)})");
        }

        return $"({string.Join(" OR ", alternatives)})";

        string Parameter(Column column, int part) => query.Add(column.AsOrderedParameter(bound.Parts[part]));
    }
}
