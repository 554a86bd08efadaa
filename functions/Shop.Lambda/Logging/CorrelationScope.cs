namespace Shop.Lambda.Logging;

/// <summary>Ties the lines of one request together, in this function and in those it calls.</summary>
internal sealed record CorrelationScope(string? CorrelationId);
