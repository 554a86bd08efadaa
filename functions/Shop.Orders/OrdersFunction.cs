using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shop.Databases.Outbox;
using Shop.Lambda;
using Shop.Lambda.Http;
using Shop.Orders.Events;

namespace Shop.Orders;

public static class OrdersFunction
{
    private const string RelayHandler = "RelayOutbox";

    /// <summary>Serves the orders API or, when <c>_HANDLER</c> is <c>RelayOutbox</c>, the task that empties the outbox.</summary>
    public static async Task<int> RunAsync(
        HttpClient? runtimeApi = null, IReadOnlyDictionary<string, string?>? environment = null, CancellationToken cancellationToken = default)
    {
        await using var function = Build(environment);
        return function.Services.GetRequiredService<FunctionEnvironment>()["_HANDLER"] == RelayHandler
            ? await RelayAsync(function, runtimeApi, environment, cancellationToken)
            : await function.RunFunctionAsync(runtimeApi, cancellationToken);
    }

    public static WebApplication Build(IReadOnlyDictionary<string, string?>? environment = null)
    {
        var builder = FunctionHost.CreateBuilder(OrdersJson.Default, environment);
        builder.AddOrders();

        var function = builder.Build();
        function.MapOrders();
        function.MapOpenApi("/orders/openapi.json");
        var store = function.Services.GetRequiredService<IOrderStore>();
        var broker = function.Services.GetRequiredService<RabbitPublisher>();
        // An order is acknowledged without the broker: its event waits in the outbox.
        function.MapHealth(["/orders"], new HealthCheck("database", store.CheckAsync), new HealthCheck("broker", broker.CheckAsync, IsVital: false));
        return function;
    }

    private static async Task<RelayResult> RelayAsync(OutboxRelay relay, TaskContext context, CancellationToken cancellationToken)
    {
        var result = await relay.RelayAsync(cancellationToken);
        context.Metrics?.Count("OrderEventsRelayed", result.Published);
        context.Metrics?.Count("OutboxBacklog", result.Pending);
        return result;
    }

    private static Task<int> RelayAsync(
        WebApplication function, HttpClient? runtimeApi, IReadOnlyDictionary<string, string?>? environment, CancellationToken cancellationToken)
    {
        var relay = function.Services.GetRequiredService<OutboxRelay>();
        return new TaskFunction()
            .Map<JsonElement, RelayResult>(
                RelayHandler, OrdersJson.Default.JsonElement, OrdersJson.Default.RelayResult, (_, context, token) => RelayAsync(relay, context, token))
            .RunAsync(runtimeApi, environment, cancellationToken);
    }
}
