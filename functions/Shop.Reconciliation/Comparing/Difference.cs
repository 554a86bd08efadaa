using System.Text.Json.Serialization;

namespace Shop.Reconciliation.Comparing;

/// <summary>One aggregate that differs. Values of masked columns are masked before a difference leaves the comparison.</summary>
public sealed record Difference(
    [property: JsonPropertyName("class")] DifferenceClass Class,
    AggregateKey Key,
    string? CreatedAt,
    string? UpdatedAt,
    string? Region,
    string? Epoch,
    string? Currency,
    decimal? SourceAmount,
    decimal? TargetAmount,
    int Items,
    Aggregate? Source,
    Aggregate? Target,
    IReadOnlyList<FieldChange> Changes,
    IReadOnlyList<string> Notes)
{
    /// <summary>What the class puts at stake: the lost amount, the difference, or what came back to life.</summary>
    public decimal Amount => Class switch
    {
        DifferenceClass.Missing => SourceAmount ?? 0,
        DifferenceClass.Changed => (SourceAmount ?? 0) - (TargetAmount ?? 0),
        _ => TargetAmount ?? 0,
    };
}

/// <summary>A value that is not the same on both sides. <c>Row</c> names the child row, null for the root.</summary>
public sealed record FieldChange(string Table, string? Row, string Column, string? Source, string? Target);
