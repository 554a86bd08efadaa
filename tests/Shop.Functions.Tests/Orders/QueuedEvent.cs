using RabbitMQ.Client;

namespace Shop.Functions.Tests.Orders;

internal sealed record QueuedEvent(IReadOnlyBasicProperties Properties, string Body);
