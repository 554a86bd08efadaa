using System.Text;
using RabbitMQ.Client;
using Shop.Contracts;
using Shop.Testing.Engines;

namespace Shop.Functions.Tests.Orders;

/// <summary>Reads the orders queue as a consumer would.</summary>
internal sealed class OrdersQueue : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private OrdersQueue(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public static async Task<OrdersQueue> OpenAsync(Uri broker)
    {
        var factory = new ConnectionFactory
        {
            HostName = broker.Host, Port = broker.Port, VirtualHost = broker.AbsolutePath.TrimStart('/'),
            UserName = TestEngines.Broker.User, Password = TestEngines.Broker.Password,
        };
        var connection = await factory.CreateConnectionAsync();
        return new OrdersQueue(connection, await connection.CreateChannelAsync());
    }

    /// <summary>Takes everything that is in the queue now.</summary>
    public async Task<List<QueuedEvent>> DrainAsync()
    {
        var messages = new List<QueuedEvent>();
        while (await _channel.BasicGetAsync(OrderEvent.Queue, autoAck: true) is { } message)
        {
            messages.Add(new QueuedEvent(message.BasicProperties, Encoding.UTF8.GetString(message.Body.Span)));
        }

        return messages;
    }

    public async Task<List<QueuedEvent>> DrainAsync(string orderId) =>
        (await DrainAsync()).FindAll(e => e.Body.Contains(orderId, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
