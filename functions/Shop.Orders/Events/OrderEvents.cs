using System.Text.Json;
using Shop.Contracts;
using Shop.Databases.Outbox;
using Shop.Lambda;

namespace Shop.Orders.Events;

internal static class OrderEvents
{
    public static OutboxEvent Created(Order order) => Make(OrderEvent.Created, order, order.CreatedOn);

    public static OutboxEvent Cancelled(Order order, DateTimeOffset on) => Make(OrderEvent.Cancelled, order, on);

    private static OutboxEvent Make(string type, Order order, DateTimeOffset on)
    {
        var id = OutboxEvents.IdFor(order.Id, type);
        return new OutboxEvent(
            id, order.Id, type, on, JsonSerializer.Serialize(new OrderEvent(id, type, on, order), OrdersJson.Default.OrderEvent), CorrelationContext.Current);
    }
}
