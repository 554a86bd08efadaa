using Microsoft.AspNetCore.Mvc;
using Shop.Contracts;
using Shop.Lambda.Http;

namespace Shop.Carts;

internal static class CartEndpoints
{
    public static void MapCarts(this WebApplication function)
    {
        var store = function.Services.GetRequiredService<ICartStore>();
        function.MapHealth(["/carts"], new HealthCheck("dynamodb", store.CheckAsync));
        function.MapOpenApi("/carts/openapi.json");

        var carts = function.MapGroup("/carts/{customerId}");
        carts.MapGet("", (string customerId, CartHandler handler, CancellationToken ct) => handler.GetAsync(customerId, ct))
            .Produces<Cart>();
        carts.MapDelete("", (string customerId, CartHandler handler, CancellationToken ct) => handler.ClearAsync(customerId, ct))
            .Produces<Cart>(StatusCodes.Status202Accepted);
        carts.MapPost("/merge", (string customerId, string? sessionId, CartHandler handler, CancellationToken ct) =>
                handler.MergeAsync(customerId, sessionId, ct))
            .Produces<Cart>(StatusCodes.Status202Accepted);

        carts.MapGet("/items", (string customerId, CartHandler handler, CancellationToken ct) => handler.GetItemsAsync(customerId, ct))
            .Produces<IReadOnlyList<CartItem>>();
        carts.MapPost("/items", (string customerId, [FromBody] CartItemChange item, CartHandler handler, CancellationToken ct) =>
                handler.AddAsync(customerId, item, ct))
            .Produces<CartItem>(StatusCodes.Status201Created);
        carts.MapPatch("/items", (string customerId, [FromBody] CartItemChange item, CartHandler handler, CancellationToken ct) =>
                handler.SetAsync(customerId, item, ct))
            .Produces<CartItem>(StatusCodes.Status202Accepted);
        carts.MapGet("/items/{itemId}", (string customerId, string itemId, CartHandler handler, CancellationToken ct) =>
                handler.GetItemAsync(customerId, itemId, ct))
            .Produces<CartItem>();
        carts.MapDelete("/items/{itemId}", (string customerId, string itemId, CartHandler handler, CancellationToken ct) =>
                handler.RemoveAsync(customerId, itemId, ct))
            .Produces(StatusCodes.Status202Accepted);
    }
}
