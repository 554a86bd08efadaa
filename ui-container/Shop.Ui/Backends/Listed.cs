namespace Shop.Ui.Backends;

/// <summary>One page of a list. <c>Total</c> is null when the back-end doesn't count.</summary>
public sealed record Listed<T>(IReadOnlyList<T> Items, int? Total);
