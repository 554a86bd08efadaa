namespace Shop.Databases.Outbox;

public interface IEventPublisher
{
    /// <summary>Returns when the broker has confirmed every event, throws otherwise: the caller then sends all of them again.</summary>
    Task PublishAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken);
}
