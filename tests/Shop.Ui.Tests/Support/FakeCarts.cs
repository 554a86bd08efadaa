using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shop.Contracts;

namespace Shop.Ui.Tests.Support;

internal static class FakeCarts
{
    public static void Map(IEndpointRouteBuilder app, FakeBackends fake)
    {
        app.MapGet("/carts/{c}", (string c) => new Cart(c, [.. Of(c).Values]));
        app.MapDelete("/carts/{c}", (string c) =>
        {
            Of(c).Clear();
            return Results.Accepted();
        });
        app.MapPost("/carts/{c}/items", (string c, CartItem item) =>
        {
            Of(c).AddOrUpdate(item.ItemId, item, (_, old) => old with { Quantity = old.Quantity + item.Quantity });
            return Results.Created((string?)null, item);
        });
        app.MapPatch("/carts/{c}/items", (string c, CartItem item) =>
        {
            Of(c)[item.ItemId] = item;
            return Results.Accepted();
        });
        app.MapDelete("/carts/{c}/items/{id}", (string c, string id) => Of(c).TryRemove(id, out _) ? Results.Accepted() : Results.NotFound());

        System.Collections.Concurrent.ConcurrentDictionary<string, CartItem> Of(string c) => fake.Carts.GetOrAdd(c, _ => new());
    }
}
