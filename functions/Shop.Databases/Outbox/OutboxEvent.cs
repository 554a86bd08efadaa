namespace Shop.Databases.Outbox;

/// <summary>An event kept with the change it tells of. <c>Body</c> is what goes on the wire, unchanged on every attempt.</summary>
public sealed record OutboxEvent(Guid EventId, Guid OrderId, string Type, DateTimeOffset OccurredOn, string Body);
