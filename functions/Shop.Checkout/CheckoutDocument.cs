using Microsoft.OpenApi;
using Shop.Contracts;
using Shop.OpenApi;

namespace Shop.Checkout;

/// <summary>What the OpenAPI document says beyond routes and types.</summary>
internal static class CheckoutDocument
{
    public static IServiceCollection AddCheckoutDocument(this IServiceCollection services) =>
        services.AddApiDocument("Checkout", "The way from a cart to an order; kept for 24 hours.", types =>
        {
            DescribeAnswers(types);
            DescribeRequests(types);
        });

    public static OpenApiSchema OrderPath() => Schemas.Matching("^/orders/[0-9a-f-]{36}$");

    public static RouteHandlerBuilder WithCustomer(this RouteHandlerBuilder route) =>
        route.WithParameter("customerId", "A customer, or a guest's session.", () => Schemas.Text(CheckoutRules.MaxIdLength, CheckoutRules.IdPattern));

    private static void DescribeAnswers(SchemaCatalog types)
    {
        types.Of<Contracts.Checkout>()
            .WholeNumber(-1, long.MaxValue, "shipping", "tax")
            .WholeNumber(0, long.MaxValue, "total")
            .Form("^[A-Z]{3}$", "currency")
            .Explain("shipping", "In cents; -1 until a delivery option is chosen.")
            .Explain("tax", "In cents; -1 until the address is known. 5 % of the subtotal, rounded down to a cent.")
            .Explain("total", "Subtotal, shipping and tax, as far as they are known.");
        types.Of<CheckoutRequest>().WholeNumber(0, long.MaxValue, "subtotal").Choice("deliveryOptionToken", DeliveryOptions()).Require("items", "subtotal");
        types.Of<CheckoutItem>().WholeNumber(1, CheckoutRules.MaxQuantity, "quantity").WholeNumber(0, long.MaxValue, "unitCost", "totalCost");
        types.Of<ShippingRate>().WholeNumber(0, long.MaxValue, "amount").WholeNumber(0, 365, "estimatedDays").Choice("token", DeliveryOptions());
        types.Of<CheckoutSubmitted>().Form("^[0-9a-f-]{36}$", "orderId");
    }

    private static void DescribeRequests(SchemaCatalog types)
    {
        types.Of<CheckoutUpdate>()
            .Require("items")
            .Elements("items", 1, CheckoutRules.MaxItems)
            .Text(CheckoutRules.MaxEmailLength, CheckoutRules.EmailPattern, "customerEmail")
            .WholeNumber(0, long.MaxValue, "subtotal")
            .Choice("deliveryOptionToken", DeliveryOptions())
            .Explain("subtotal", "Not used: prices are the catalog's.")
            .Example(
                """
                {"customerEmail":"ann@example.com","items":[{"id":"6d62d909-f957-430e-8689-b5129c0bb75e","quantity":2}],
                 "shippingAddress":{"firstName":"Ann","lastName":"O'Neil","address1":"1 Main St","city":"Seattle","state":"WA","zip":"98101"},
                 "deliveryOptionToken":"priority-mail"}
                """);
        types.Of<CheckoutUpdateItem>()
            .Require("id", "quantity")
            .Text(CheckoutRules.MaxIdLength, CheckoutRules.IdPattern, "id")
            .WholeNumber(1, CheckoutRules.MaxQuantity, "quantity")
            .WholeNumber(0, long.MaxValue, "unitCost", "totalCost")
            .Explain("unitCost", "Not used: prices are the catalog's.");
        types.Of<CheckoutUpdateAddress>()
            .Require("firstName", "lastName", "address1", "city", "state", "zip")
            .Text(CheckoutRules.MaxTextLength, Schemas.Readable, "firstName", "lastName", "address1", "city", "state")
            .Text(CheckoutRules.MaxZipLength, Schemas.Readable, "zip");
    }

    private static string[] DeliveryOptions() => [.. OrderCharges.ShippingRates.Select(r => r.Token)];
}
