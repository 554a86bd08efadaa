using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Shop.Aws.Secrets;
using Shop.Contracts;

namespace Shop.Orders.Events;

/// <summary>Connects to the Region's broker and makes sure that exchange and queue exist.</summary>
internal sealed class RabbitConnector(OrdersOptions options, ISecrets secrets)
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);

    public async Task<RabbitLink> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ConnectAsync(await secrets.GetAsync(options.BrokerSecretId, refresh: false, cancellationToken), cancellationToken);
        }
        catch (BrokerUnreachableException e) when (e.InnerException is AuthenticationFailureException or PossibleAuthenticationFailureException)
        {
            return await ConnectAsync(await secrets.GetAsync(options.BrokerSecretId, refresh: true, cancellationToken), cancellationToken);
        }
    }

    private async Task<RabbitLink> ConnectAsync(Secret secret, CancellationToken cancellationToken)
    {
        var broker = options.Broker;
        var isTls = broker.Scheme == "amqps";
        // By hand and not by Uri: the driver would accept a certificate for any host name.
        var factory = new ConnectionFactory
        {
            HostName = broker.Host,
            Port = broker.Port > 0 ? broker.Port : isTls ? 5671 : 5672,
            VirtualHost = broker.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(broker.AbsolutePath[1..]) : "/",
            UserName = secret.Username,
            Password = secret.Password,
            Ssl = new SslOption(broker.Host, enabled: isTls),
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = ConnectLimit,
            ClientProvidedName = "shop-orders",
        };
        var connection = await factory.CreateConnectionAsync(cancellationToken);
        try
        {
            var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
            await channel.ExchangeDeclareAsync(OrderEvent.Exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
            await channel.QueueDeclareAsync(OrderEvent.Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
            await channel.QueueBindAsync(OrderEvent.Queue, OrderEvent.Exchange, routingKey: "", cancellationToken: cancellationToken);
            return new RabbitLink(connection, channel);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
