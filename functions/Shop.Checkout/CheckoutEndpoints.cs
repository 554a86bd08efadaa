using Microsoft.AspNetCore.Mvc;
using Shop.Contracts;
using Shop.Lambda.Http;

namespace Shop.Checkout;

internal static class CheckoutEndpoints
{
    public static void MapCheckout(this WebApplication function)
    {
        var store = function.Services.GetRequiredService<ICheckoutStore>();
        function.MapHealth(["/checkout"], new HealthCheck("redis", store.CheckAsync));
        function.MapOpenApi("/checkout/openapi.json");

        var checkout = function.MapGroup("/checkout/{customerId}");
        checkout.MapGet("", (string customerId, CheckoutHandler handler, CancellationToken ct) => handler.GetAsync(customerId, ct))
            .Produces<Contracts.Checkout>();
        checkout.MapPost("/update", (string customerId, [FromBody] CheckoutUpdate update, CheckoutHandler handler, CancellationToken ct) =>
                handler.UpdateAsync(customerId, update, ct))
            .Produces<Contracts.Checkout>(StatusCodes.Status201Created);
        checkout.MapPost("/submit", (string customerId, HttpContext context, CheckoutHandler handler, CancellationToken ct) =>
                handler.SubmitAsync(customerId, context.Request.Headers["Idempotency-Key"], context.Response, ct))
            .Produces<CheckoutSubmitted>(StatusCodes.Status201Created);
    }
}
