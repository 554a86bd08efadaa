using Microsoft.OpenApi;
using Shop.Contracts;
using Shop.OpenApi;

namespace Shop.Carts;

/// <summary>What the OpenAPI document says beyond routes and types.</summary>
internal static class CartDocument
{
    public static IServiceCollection AddCartsDocument(this IServiceCollection services) =>
        services.AddApiDocument("Carts", "What customers and guests are about to buy; kept for 30 days.", types =>
        {
            types.Of<Cart>()
                .Elements("items", 0, CartRules.MaxLines)
                .Example("""{"customerId":"ann","items":[{"itemId":"6d62d909-f957-430e-8689-b5129c0bb75e","quantity":2,"unitPrice":38500}]}""");
            types.Of<CartItem>()
                .WholeNumber(1, CartRules.MaxQuantity, "quantity")
                .WholeNumber(0, CartRules.MaxUnitPrice, "unitPrice")
                .Explain("unitPrice", "In cents.");
            types.Of<CartItemChange>()
                .Require("itemId")
                .Text(CartRules.MaxIdLength, CartRules.IdPattern, "itemId")
                .WholeNumber(1, CartRules.MaxQuantity, "quantity")
                .WholeNumber(0, CartRules.MaxUnitPrice, "unitPrice")
                .Example("""{"itemId":"6d62d909-f957-430e-8689-b5129c0bb75e","quantity":2,"unitPrice":38500}""");
        });

    public static OpenApiSchema Id() => Schemas.Text(CartRules.MaxIdLength, CartRules.IdPattern);

    public static RouteHandlerBuilder WithCustomer(this RouteHandlerBuilder route) =>
        route.WithParameter("customerId", "A customer, or a guest's session.", Id);

    public static RouteHandlerBuilder WithItem(this RouteHandlerBuilder route) => route.WithParameter("itemId", "The product of a line.", Id);
}
