using System.Text.Json.Serialization;
using Shop.Contracts;

namespace Shop.Carts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Cart))]
[JsonSerializable(typeof(CartItem))]
[JsonSerializable(typeof(IReadOnlyList<CartItem>))]
[JsonSerializable(typeof(CartItemChange))]
internal sealed partial class CartJson : JsonSerializerContext;
