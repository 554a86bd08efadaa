using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Tests.Checkout;

/// <summary>The catalog and orders APIs at the other end of the wire.</summary>
internal sealed class FakeStore : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FakeStore(WebApplication server) => _server = server;

    public Uri Address => new(_server.Urls.First());

    public Dictionary<string, long> Prices { get; } = new() { ["watch"] = 38_500, ["belt"] = 1_999 };

    public Dictionary<string, JsonObject> Orders { get; } = [];

    /// <summary>Keys in the order in which they were posted, repeated ones included.</summary>
    public List<string> Posted { get; } = [];

    public List<string> Traces { get; } = [];

    /// <summary>Answers <c>POST /orders</c> instead of taking the order.</summary>
    public (int Status, string Body)? Refusal { get; set; }

    public bool IsCatalogBroken { get; set; }

    /// <summary>Runs between taking an order and answering.</summary>
    public Func<Task> OrderPlaced { get; set; } = () => Task.CompletedTask;

    public static async Task<FakeStore> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        var store = new FakeStore(server);
        server.Run(store.HandleAsync);
        await server.StartAsync();
        return store;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var id = context.Request.Path.Value!.Split('/')[^1];
        lock (Traces)
        {
            Traces.Add(context.Request.Headers["X-Amzn-Trace-Id"].ToString());
        }

        var (status, body) = (context.Request.Method, context.Request.Path.Value) switch
        {
            ("GET", var path) when path.StartsWith("/catalogue/product/", StringComparison.Ordinal) => Product(id),
            ("GET", var path) when path.StartsWith("/orders/", StringComparison.Ordinal) =>
                Orders.TryGetValue(id, out var order) ? (200, order.ToJsonString()) : (404, "{}"),
            ("POST", "/orders") => Refusal ?? Place(context.Request.Headers["Idempotency-Key"].ToString(), (await JsonNode.ParseAsync(context.Request.Body))!),
            _ => (500, "{}"),
        };
        if (status == StatusCodes.Status201Created)
        {
            await OrderPlaced();
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = status < 400 ? "application/json" : "application/problem+json";
        await context.Response.WriteAsync(body);
    }

    private (int, string) Product(string id) => (IsCatalogBroken, Prices.TryGetValue(id, out var price)) switch
    {
        (true, _) => (500, "{}"),
        (_, false) => (404, "{}"),
        _ => (200, $$"""
            {"id":"{{id}}","name":"The {{id}}","description":"","imageUrl":"/assets/{{id}}.svg","price":{{price}},"currency":"USD","count":1,"tag":[]}
            """),
    };

    private (int, string) Place(string key, JsonNode request)
    {
        Posted.Add(key);
        if (Orders.TryGetValue(key, out var known))
        {
            return (200, known.ToJsonString());
        }

        var order = request.DeepClone().AsObject();
        order["id"] = key;
        order["createdOn"] = "2026-01-01T00:00:00Z";
        order["status"] = "placed";
        order["region"] = "us-east-1";
        order["epoch"] = 1;
        Orders[key] = order;
        return (201, order.ToJsonString());
    }
}
