using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Contracts;
using Shop.Databases.Outbox;

namespace Shop.Orders;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OrderForm))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Order[]))]
[JsonSerializable(typeof(IReadOnlyList<Order>))]
[JsonSerializable(typeof(OrderEvent))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(RelayResult))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class OrdersJson : JsonSerializerContext;
