using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Comparing;

/// <summary>A handful of keys, named one by one.</summary>
internal sealed record KeySet(IReadOnlyList<AggregateKey> Keys) : IKeyFilter
{
    public string Where(IReadOnlyList<Column> columns, SqlQuery query)
    {
        if (Keys.Count == 0)
        {
            return "FALSE";
        }

        if (columns.Count == 1)
        {
            return $"{columns[0].Quoted} IN ({string.Join(", ", Keys.Select(k => query.Add(columns[0].AsParameter(k.Parts[0]))))})";
        }

        var rows = Keys.Select(key => string.Join(" AND ", columns.Select((c, i) => $"{c.Quoted} = {query.Add(c.AsParameter(key.Parts[i]))}")));
        return $"({string.Join(" OR ", rows.Select(r => $"({r})"))})";
    }
}
