namespace Shop.Databases.Outbox;

/// <summary>An event kept with the change it tells of. <c>Body</c> is what goes on the wire, unchanged on every attempt.</summary>
/// <param name="CorrelationId">Of the request that made it; the message carries it in its properties.</param>
public sealed record OutboxEvent(Guid EventId, Guid OrderId, string Type, DateTimeOffset OccurredOn, string Body, string? CorrelationId = null);
