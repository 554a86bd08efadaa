using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Comparing;

/// <summary>Which aggregates a query is about.</summary>
internal interface IKeyFilter
{
    /// <summary>A condition on <paramref name="columns"/>, the root's key or a child's parent key.</summary>
    string Where(IReadOnlyList<Column> columns, SqlQuery query);
}
