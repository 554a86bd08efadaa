using Microsoft.AspNetCore.Mvc;
using Shop.Contracts;
using Shop.Lambda.Http;
using Shop.OpenApi;

namespace Shop.Carts;

internal static class CartEndpoints
{
    public static void MapCarts(this WebApplication function)
    {
        var store = function.Services.GetRequiredService<ICartStore>();
        function.MapHealth(["/carts"], new HealthCheck("dynamodb", store.CheckAsync));
        function.MapOpenApi("/carts/openapi.json");

        var carts = function.MapGroup("/carts/{customerId}").WithTags("Carts");
        carts.MapGet("", (string customerId, CartHandler handler, CancellationToken ct) => handler.GetAsync(customerId, ct))
            .WithName("GetCart").WithSummary("The customer's cart; one that nobody has filled is empty")
            .Produces<Cart>().ProducesProblems(400, 503).WithCustomer();
        carts.MapDelete("", (string customerId, CartHandler handler, CancellationToken ct) => handler.ClearAsync(customerId, ct))
            .WithName("ClearCart").WithSummary("Empties the cart")
            .Produces<Cart>(StatusCodes.Status202Accepted).ProducesProblems(400, 503).WithCustomer();
        carts.MapPost("/merge", (string customerId, string? sessionId, CartHandler handler, CancellationToken ct) =>
                handler.MergeAsync(customerId, sessionId, ct))
            .WithName("MergeCart").WithSummary("Moves a guest's cart into the customer's; safe to repeat")
            .Produces<Cart>(StatusCodes.Status202Accepted).ProducesProblems(400, 503).WithCustomer()
            .WithParameter("sessionId", "Whose cart is moved.", CartDocument.Id).WithRequired("sessionId");

        carts.MapGet("/items", (string customerId, CartHandler handler, CancellationToken ct) => handler.GetItemsAsync(customerId, ct))
            .WithName("ListCartItems").WithSummary("The cart's lines")
            .Produces<IReadOnlyList<CartItem>>().ProducesProblems(400, 503).WithCustomer();
        carts.MapPost("/items", (string customerId, [FromBody] CartItemChange item, CartHandler handler, CancellationToken ct) =>
                handler.AddAsync(customerId, item, ct))
            .WithName("AddCartItem").WithSummary("Adds the quantity (1 without one) to the item's line; a line that exists keeps its price")
            .Produces<CartItem>(StatusCodes.Status201Created).ProducesProblems(400, 409, 503).WithCustomer()
            .WithRequiredFields("unitPrice")
            .WithHeader("Location", "The line.", () => Schemas.Matching("^/carts/[^/]+/items/[^/]+$"), 201);
        carts.MapPatch("/items", (string customerId, [FromBody] CartItemChange item, CartHandler handler, CancellationToken ct) =>
                handler.SetAsync(customerId, item, ct))
            .WithName("SetCartItem").WithSummary("Sets the quantity of a line, and its price if there is one")
            .Produces<CartItem>(StatusCodes.Status202Accepted).ProducesProblems(400, 404, 503).WithCustomer()
            .WithRequiredFields("quantity");
        carts.MapGet("/items/{itemId}", (string customerId, string itemId, CartHandler handler, CancellationToken ct) =>
                handler.GetItemAsync(customerId, itemId, ct))
            .WithName("GetCartItem").WithSummary("One line")
            .Produces<CartItem>().ProducesProblems(400, 404, 503).WithCustomer().WithItem();
        carts.MapDelete("/items/{itemId}", (string customerId, string itemId, CartHandler handler, CancellationToken ct) =>
                handler.RemoveAsync(customerId, itemId, ct))
            .WithName("RemoveCartItem").WithSummary("Takes a line out of the cart")
            .Produces(StatusCodes.Status202Accepted).ProducesProblems(400, 404, 503).WithCustomer().WithItem();
    }
}
