using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shop.Contracts;

namespace Shop.Ui.Tests.Support;

internal static class FakeCheckout
{
    private static readonly ShippingRates Rates = new("shipment", [new("Priority Mail", 500, "priority-mail", 10), new("Priority Mail Express", 1500, "priority-mail-express", 5)]);

    public static void Map(IEndpointRouteBuilder app, FakeBackends fake)
    {
        app.MapGet("/checkout/{c}", (string c) => fake.Checkouts.TryGetValue(c, out var found) ? Results.Ok(found) : Results.NotFound());
        app.MapPost("/checkout/{c}/update", (string c, CheckoutRequest entered) => Results.Created((string?)null, fake.Checkouts[c] = Price(entered)));
        app.MapPost("/checkout/{c}/submit", (string c, HttpContext context) =>
        {
            if (!fake.Checkouts.TryGetValue(c, out var checkout))
            {
                return Results.NotFound();
            }

            if (checkout.Request.ShippingAddress is null || checkout.Shipping < 0)
            {
                return Results.Conflict();
            }

            var id = Guid.Parse(context.Request.Headers["Idempotency-Key"].ToString());
            var order = FakeOrders.From(c, id, checkout, fake.Region);
            if (fake.Orders.TryGetValue(id, out var before) && before.Total != order.Total)
            {
                return Results.UnprocessableEntity();
            }

            fake.Orders.TryAdd(id, order);
            fake.Checkouts.TryRemove(c, out _);
            return Results.Created((string?)null, new CheckoutSubmitted(id.ToString(), order.Email));
        });
    }

    private static Checkout Price(CheckoutRequest entered)
    {
        var shipping = Rates.Rates.FirstOrDefault(r => r.Token == entered.DeliveryOptionToken)?.Amount ?? -1;
        var tax = entered.ShippingAddress is null ? -1 : entered.Subtotal * 5 / 100;
        return new Checkout(Rates, entered, "payment", "token", shipping, tax, entered.Subtotal + Math.Max(0, tax) + Math.Max(0, shipping), "USD");
    }
}
