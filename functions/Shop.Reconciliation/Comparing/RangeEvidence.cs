namespace Shop.Reconciliation.Comparing;

/// <summary>Proof that a range was compared: the bounds, and what each side answered.</summary>
public sealed record RangeEvidence(KeyRange Range, RangeSum Source, RangeSum Target, bool Equal);
