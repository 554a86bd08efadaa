namespace Shop.Reconciliation.Plans;

/// <summary>All that the engine knows about a database: one kind of aggregate, its tables, and what their columns mean.</summary>
public sealed record ReconciliationPlan(
    int SchemaVersion,
    string Name,
    string Noun,
    string ItemNoun,
    RootTable Root,
    IReadOnlyList<ChildTable>? Children = null,
    int RangeRows = 4000,
    int LeafRows = 500,
    int LongestTransactionSeconds = 5,
    int WindowMarginSeconds = 300)
{
    public const int CurrentSchemaVersion = 1;

    public IReadOnlyList<ChildTable> Children { get; init; } = Children ?? [];
}

/// <summary>The table whose rows are the aggregates. Every column that both sides have is compared, but those in <c>Ignore</c>.</summary>
public sealed record RootTable(
    string Table,
    IReadOnlyList<string> Key,
    string? CreatedAt = null,
    string? UpdatedAt = null,
    string? Region = null,
    string? Epoch = null,
    MoneyColumns? Money = null,
    IReadOnlyList<string>? Ignore = null,
    IReadOnlyList<string>? Masked = null);

/// <summary>A table whose rows belong to an aggregate: found by <c>ParentKey</c>, told apart by <c>Key</c>.</summary>
public sealed record ChildTable(
    string Table,
    IReadOnlyList<string> ParentKey,
    IReadOnlyList<string> Key,
    string? Quantity = null,
    IReadOnlyList<string>? Ignore = null,
    IReadOnlyList<string>? Masked = null);

/// <param name="Amount">Column with the amount.</param>
/// <param name="Currency">Column with the currency code.</param>
/// <param name="MinorDigits">2 when the amount is in cents, 0 when it is a decimal number.</param>
public sealed record MoneyColumns(string Amount, string Currency, int MinorDigits = 2);
