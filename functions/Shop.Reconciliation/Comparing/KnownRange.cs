namespace Shop.Reconciliation.Comparing;

/// <summary>A range, and what is known to differ in it.</summary>
internal sealed record KnownRange(KeyRange Range, KnownDifferences Known);

/// <summary>Aggregates that an earlier phase found, with their number of rows on each side, per table.</summary>
public sealed record KnownDifferences(IReadOnlyList<AggregateKey> Keys, IReadOnlyList<long> SourceRows, IReadOnlyList<long> TargetRows)
{
    public static KnownDifferences None { get; } = new([], [], []);
}
