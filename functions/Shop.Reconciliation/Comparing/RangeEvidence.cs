namespace Shop.Reconciliation.Comparing;

/// <summary>Proof that a range was compared: the bounds, and what each side answered.</summary>
/// <param name="Range">The bounds.</param>
/// <param name="Source">What the old primary answered.</param>
/// <param name="Target">What the new primary answered.</param>
/// <param name="Equal">The answers are the same.</param>
/// <param name="LeftOut">What was already known to differ, and is no part of the answers.</param>
public sealed record RangeEvidence(KeyRange Range, RangeSum Source, RangeSum Target, bool Equal, LeftOut? LeftOut = null);

public sealed record LeftOut(int Aggregates, IReadOnlyList<long> SourceRows, IReadOnlyList<long> TargetRows);
