using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Comparing;

/// <summary>A table as it is compared: the key that finds its rows, and the columns that both sides have.</summary>
/// <param name="Name">The table.</param>
/// <param name="AggregateKey">Columns with the aggregate's key: the primary key of the root, the parent key of a child.</param>
/// <param name="Columns">Everything that is compared, the key included.</param>
public sealed record ComparedTable(string Name, IReadOnlyList<Column> AggregateKey, IReadOnlyList<Column> Columns);
