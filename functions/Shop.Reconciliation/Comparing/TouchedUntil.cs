using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Comparing;

/// <summary>Aggregates whose root was last written up to a moment; all of them where no column says when.</summary>
internal sealed record TouchedUntil(RootTable Root, DateTimeOffset Moment) : IKeyFilter
{
    public string Where(IReadOnlyList<Column> columns, SqlQuery query)
    {
        if (Root.UpdatedAt is not { } updatedAt)
        {
            return "TRUE";
        }

        var own = string.Join(", ", columns.Select(c => SqlQuery.Quote(c.Name)));
        var keys = string.Join(", ", Root.Key.Select(SqlQuery.Quote));
        return $"({own}) IN (SELECT {keys} FROM {SqlQuery.Quote(Root.Table)} WHERE {SqlQuery.Quote(updatedAt)} <= {query.Add(Root.Format(updatedAt, Moment))})";
    }
}
