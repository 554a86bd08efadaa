using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shop.Contracts;

namespace Shop.Ui.Tests.Support;

internal static class FakeOrders
{
    public static void Map(IEndpointRouteBuilder app, FakeBackends fake)
    {
        app.MapGet("/orders/{id:guid}", (Guid id) => fake.Orders.TryGetValue(id, out var order) ? Results.Ok(order) : Results.NotFound());
        app.MapGet("/orders", (string customerId, int page, int size, HttpContext context) =>
        {
            var own = fake.Orders.Values.Where(o => o.CustomerId == customerId).OrderByDescending(o => o.Id).ToList();
            context.Response.Headers["X-Total-Count"] = own.Count.ToString(CultureInfo.InvariantCulture);
            return own.Skip((page - 1) * size).Take(size);
        });
    }

    public static Order From(string customer, Guid id, Checkout checkout, string region)
    {
        var to = checkout.Request.ShippingAddress!;
        return new Order(
            id, customer, to.FirstName, to.LastName, checkout.Request.CustomerEmail!, TimeProvider.System.GetUtcNow(), OrderStatus.Placed, region, 1, "USD",
            checkout.Request.Subtotal, checkout.Tax, checkout.Shipping, checkout.Total,
            [.. checkout.Request.Items.Select(i => new OrderItem(i.Id, i.Name, i.Quantity, i.UnitCost, i.TotalCost))]);
    }
}
