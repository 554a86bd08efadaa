using Microsoft.AspNetCore.Mvc;
using Shop.Contracts;
using Shop.Lambda.Http;
using Shop.OpenApi;

namespace Shop.Checkout;

internal static class CheckoutEndpoints
{
    public static void MapCheckout(this WebApplication function)
    {
        var store = function.Services.GetRequiredService<ICheckoutStore>();
        function.MapHealth(["/checkout"], new HealthCheck("redis", store.CheckAsync));
        function.MapOpenApi("/checkout/openapi.json");

        var checkout = function.MapGroup("/checkout/{customerId}").WithTags("Checkout");
        checkout.MapGet("", (string customerId, CheckoutHandler handler, CancellationToken ct) => handler.GetAsync(customerId, ct))
            .WithName("GetCheckout").WithSummary("The customer's checkout in progress")
            .Produces<Contracts.Checkout>().ProducesProblems(400, 404, 503).WithCustomer();
        checkout.MapPost("/update", (string customerId, [FromBody] CheckoutUpdate update, CheckoutHandler handler, CancellationToken ct) =>
                handler.UpdateAsync(customerId, update, ct))
            .WithName("UpdateCheckout").WithSummary("Puts what the shopper has entered so far in place of the checkout, with the catalog's prices")
            .Produces<Contracts.Checkout>(StatusCodes.Status201Created).ProducesProblems(400, 503).WithCustomer()
            .WithHeader("Location", "The checkout.", () => Schemas.Matching("^/checkout/[^/]+$"), 201);
        checkout.MapPost("/submit", (string customerId, HttpContext context, CheckoutHandler handler, CancellationToken ct) =>
                handler.SubmitAsync(customerId, context.Request.Headers["Idempotency-Key"], context.Response, ct))
            .WithName("SubmitCheckout").WithSummary("Places the order of the checkout, once")
            .Produces<CheckoutSubmitted>(StatusCodes.Status201Created).Produces<CheckoutSubmitted>().ProducesProblems(400, 404, 409, 422, 503)
            .WithCustomer()
            .WithParameter("Idempotency-Key", "Becomes the order's id: the same key never places a second order.", Schemas.Uuid)
            .WithHeader("Location", "The order.", CheckoutDocument.OrderPath, 201)
            .WithHeader("Idempotent-Replay", "The order was placed by an earlier request.", () => Schemas.Choice("true"), 200);
    }
}
