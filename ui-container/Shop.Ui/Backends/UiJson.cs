using System.Text.Json.Serialization;
using Shop.Contracts;

namespace Shop.Ui.Backends;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(List<Product>))]
[JsonSerializable(typeof(List<ProductTag>))]
[JsonSerializable(typeof(Cart))]
[JsonSerializable(typeof(Checkout))]
[JsonSerializable(typeof(CheckoutSubmitted))]
[JsonSerializable(typeof(List<Order>))]
[JsonSerializable(typeof(Health))]
internal sealed partial class UiJson : JsonSerializerContext;
