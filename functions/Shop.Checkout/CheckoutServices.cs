using Shop.Aws;
using Shop.Aws.Secrets;
using Shop.Lambda;

namespace Shop.Checkout;

internal static class CheckoutServices
{
    public static IServiceCollection AddCheckout(this IServiceCollection services, FunctionEnvironment environment)
    {
        var options = CheckoutOptions.From(environment);
        return services
            .AddSingleton(options)
            .AddSingleton<ISecrets>(s => new SecretsManager(AwsClient.Create(n => environment[n]), s.GetRequiredService<TimeProvider>()))
            .AddSingleton<RedisConnection>()
            .AddSingleton<ICheckoutStore, RedisCheckoutStore>()
            .AddSingleton(s => new Catalog(CreateClient(options.CatalogUrl), s.GetRequiredService<TimeProvider>()))
            .AddSingleton(s => new Orders(CreateClient(options.OrdersUrl), s.GetRequiredService<TimeProvider>()))
            .AddSingleton<CheckoutHandler>()
            .AddCheckoutDocument();
    }

    private static HttpClient CreateClient(Uri url) => new(new TracePropagation(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(2),
        // The name behind it may be given to other machines; connections must not outlive that for long.
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        AllowAutoRedirect = false,
        UseCookies = false,
    }))
    {
        BaseAddress = url,
        Timeout = TimeSpan.FromSeconds(10),
    };
}
