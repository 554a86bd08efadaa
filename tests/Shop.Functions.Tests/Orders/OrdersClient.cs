using System.Text.Json.Nodes;
using Shop.Functions.Tests.Stores;

namespace Shop.Functions.Tests.Orders;

internal static class OrdersClient
{
    public static Task<Answer> PlaceAsync(this KestrelFunction orders, JsonObject order, string? key = null) =>
        orders.SendAsync(HttpMethod.Post, "/orders", order.ToJsonString(), key is null ? [] : [("Idempotency-Key", key)]);

    public static Task<Answer> CancelAsync(this KestrelFunction orders, string id) => orders.SendAsync(HttpMethod.Post, $"/orders/{id}/cancel");
}
