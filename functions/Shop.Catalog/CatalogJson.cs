using System.Text.Json.Serialization;
using Shop.Contracts;

namespace Shop.Catalog;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(Product[]))]
[JsonSerializable(typeof(ProductTag[]))]
[JsonSerializable(typeof(IReadOnlyList<Product>))]
[JsonSerializable(typeof(IReadOnlyList<ProductTag>))]
[JsonSerializable(typeof(CatalogueSize))]
internal sealed partial class CatalogJson : JsonSerializerContext;
