using System.Text.Json.Serialization;
using Shop.Contracts;

namespace Shop.Checkout;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Contracts.Checkout))]
[JsonSerializable(typeof(CheckoutUpdate))]
[JsonSerializable(typeof(CheckoutSubmitted))]
[JsonSerializable(typeof(StoredCheckout))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class CheckoutJson : JsonSerializerContext;
