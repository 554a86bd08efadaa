using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Shop.Contracts;
using Shop.OpenApi;

namespace Shop.Orders;

/// <summary>What the OpenAPI document says beyond routes and types.</summary>
internal static class OrdersDocument
{
    public static IServiceCollection AddOrdersDocument(this IServiceCollection services) =>
        services.AddApiDocument("Orders", "Orders: acknowledged means stored, together with the event that tells of it.", types =>
        {
            DescribeAnswers(types);
            DescribeRequests(types);
        });

    public static OpenApiSchema Path() => Schemas.Matching("^/orders/[0-9a-f-]{36}$");

    // A path that is no UUID is no order: 404, as for any other that isn't there.
    public static RouteHandlerBuilder WithOrderId(this RouteHandlerBuilder route) => route.WithParameter("id", "The order's id.", Schemas.Uuid);

    private static void DescribeAnswers(SchemaCatalog types)
    {
        types.Of<Order>()
            .Choice("status", OrderStatus.Placed, OrderStatus.Cancelled)
            .Choice("currency", "USD")
            .WholeNumber(0, long.MaxValue, "epoch", "subtotal", "tax", "shipping", "total")
            .Elements("items", 1, OrderFormCheck.MaximumItems)
            .Explain("region", "Where it was written.")
            .Explain("epoch", "The reign under which it was written: each promotion of a database opens a new one.")
            .Explain("total", "In cents: subtotal + tax + shipping.");
        types.Of<OrderItem>()
            .WholeNumber(1, OrderFormCheck.MaximumQuantity, "quantity")
            .WholeNumber(0, OrderFormCheck.MaximumAmount, "unitCost")
            .WholeNumber(0, OrderFormCheck.MaximumAmount, "totalCost");
    }

    private static void DescribeRequests(SchemaCatalog types)
    {
        types.Of<OrderForm>()
            .Require("customerId", "firstName", "lastName", "email", "subtotal", "tax", "shipping", "total", "items")
            .Text(OrderFormCheck.MaximumText, Schemas.Readable, "customerId", "firstName", "lastName")
            .Text(OrderFormCheck.MaximumEmail, OrderFormCheck.EmailPattern, "email")
            .Choice("currency", "USD")
            .WholeNumber(0, OrderFormCheck.MaximumAmount, "subtotal", "tax", "shipping", "total")
            .Elements("items", 1, OrderFormCheck.MaximumItems)
            .Explain("total", "Must be subtotal + tax + shipping.")
            .Example(
                """
                {"customerId":"ann","firstName":"Ann","lastName":"O'Neil","email":"ann@example.com","currency":"USD",
                 "subtotal":77000,"tax":3850,"shipping":500,"total":81350,
                 "items":[{"productId":"6d62d909-f957-430e-8689-b5129c0bb75e","name":"Pocket Watch","quantity":2,"unitCost":38500,"totalCost":77000}]}
                """);
        types.Of<OrderFormItem>()
            .Require("productId", "name", "quantity", "unitCost", "totalCost")
            .Text(OrderFormCheck.MaximumText, Schemas.Readable, "productId", "name")
            .WholeNumber(1, OrderFormCheck.MaximumQuantity, "quantity")
            .WholeNumber(0, OrderFormCheck.MaximumAmount, "unitCost", "totalCost")
            .Explain("totalCost", "Must be quantity * unitCost.");
        types.Of<OrderFormAddress>()
            .Require("firstName", "lastName", "address1", "city", "state", "zip")
            .Text(OrderFormCheck.MaximumText, Schemas.Readable, "firstName", "lastName", "address1", "city", "state")
            .Text(OrderFormCheck.MaximumZip, Schemas.Readable, "zip");
    }
}
