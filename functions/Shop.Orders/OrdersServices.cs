using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Aws;
using Shop.Databases;
using Shop.Databases.Outbox;
using Shop.Lambda;
using Shop.Orders.Events;
using Shop.Orders.Reigns;

namespace Shop.Orders;

internal static class OrdersServices
{
    private static readonly TimeSpan CatalogTimeout = TimeSpan.FromSeconds(3);

    public static void AddOrders(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(OrdersOptions.From(builder.Configuration));
        services.AddDatabase(builder.Configuration);
        services.AddSingleton<IReigns>(p => p.GetRequiredService<OrdersOptions>().ControlTable is { } table
            ? new ControlTableReigns(AwsClient.Create(v => builder.Configuration[v]), table, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ControlTableReigns>>())
            : new NoReigns());
        services.AddSingleton<IOrderStore, MySqlOrderStore>();
        services.AddSingleton<RabbitConnector>();
        services.AddSingleton<RabbitPublisher>();
        services.AddSingleton<IEventPublisher>(p => p.GetRequiredService<RabbitPublisher>());
        services.AddSingleton<OutboxRelay>();
        services.AddSingleton<PromptPublisher>();
        services.AddSingleton<OrderDesk>();
        services.AddSingleton(p => new CatalogPrices(p.GetRequiredService<OrdersOptions>().Catalog, CreateHttp(), p.GetRequiredService<TimeProvider>()));
        services.AddOrdersDocument();
    }

    private static HttpClient CreateHttp() =>
        new(new TracePropagation(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), PooledConnectionLifetime = TimeSpan.FromMinutes(1) }))
        {
            Timeout = CatalogTimeout,
        };
}
