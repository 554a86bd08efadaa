using System.Text.Json.Serialization;

namespace Shop.Reconciliation.Comparing;

/// <summary>An order with its items, as one side has it. No root: it is not there.</summary>
public sealed record Aggregate(AggregateKey Key, Row? Root, IReadOnlyList<ChildRows> Children)
{
    [JsonIgnore]
    public bool HasRows => Root is not null || Children.Any(c => c.Rows.Count > 0);
}

public sealed record ChildRows(string Table, IReadOnlyList<Row> Rows);

/// <summary>A row with its values as text, in the order of the table's columns.</summary>
public sealed record Row(IReadOnlyList<Field> Fields)
{
    public string? this[string? column] =>
        column is null ? null : Fields.FirstOrDefault(f => string.Equals(f.Column, column, StringComparison.OrdinalIgnoreCase))?.Value;
}

public sealed record Field(string Column, string? Value);
