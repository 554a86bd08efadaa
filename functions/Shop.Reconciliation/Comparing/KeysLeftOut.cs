using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Comparing;

/// <summary>A range without the aggregates that are known to differ: what is left must be equal, or holds something new.</summary>
/// <remarks>Told apart to the byte: a collation would leave out a key's twin with it.</remarks>
internal sealed record KeysLeftOut(KeyRange Range, IReadOnlyList<AggregateKey> Keys) : IKeyFilter
{
    public string Where(IReadOnlyList<Column> columns, SqlQuery query)
    {
        var range = ((IKeyFilter)Range).Where(columns, query);
        if (Keys.Count == 0)
        {
            return range;
        }

        if (columns.Count == 1)
        {
            return $"{range} AND {columns[0].AsExact()} NOT IN ({string.Join(", ", Keys.Select(k => query.Add(columns[0].AsExactParameter(k.Parts[0]))))})";
        }

        var rows = Keys.Select(key => string.Join(" AND ", columns.Select((c, i) => $"{c.AsExact()} = {query.Add(c.AsExactParameter(key.Parts[i]))}")));
        return $"{range} AND NOT ({string.Join(" OR ", rows.Select(r => $"({r})"))})";
    }
}
