using System.Text;
using RabbitMQ.Client;
using Shop.Contracts;
using Shop.Databases.Outbox;

namespace Shop.Orders.Events;

/// <summary>A connection and its channel with publisher confirms.</summary>
internal sealed class RabbitLink(IConnection connection, IChannel channel) : IAsyncDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(1);

    public IChannel Channel => channel;

    /// <summary>Returns when the broker has taken the event into a durable queue.</summary>
    public async Task PublishAsync(OutboxEvent outboxEvent, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties
        {
            MessageId = outboxEvent.EventId.ToString("D"),
            CorrelationId = outboxEvent.CorrelationId,
            Type = outboxEvent.Type,
            ContentType = "application/json",
            ContentEncoding = "utf-8",
            Persistent = true,
            Timestamp = new AmqpTimestamp(outboxEvent.OccurredOn.ToUnixTimeSeconds()),
        };
        // Mandatory: a message that no queue takes comes back as a failure instead of being confirmed and gone.
        await channel.BasicPublishAsync(
            OrderEvent.Exchange, routingKey: "", mandatory: true, properties, Encoding.UTF8.GetBytes(outboxEvent.Body), cancellationToken);
    }

    /// <summary>Closes both; a broker that has fallen silent is not waited for.</summary>
    public async ValueTask DisposeAsync() =>
        await CloseAsync().WaitAsync(DisposeLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task CloseAsync()
    {
        try
        {
            await connection.CloseAsync(Constants.ReplySuccess, "done", CloseLimit, abort: true);
        }
        finally
        {
            await channel.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
