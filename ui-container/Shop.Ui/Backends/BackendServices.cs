using Polly;

namespace Shop.Ui.Backends;

internal static class BackendServices
{
    public static void AddBackends(this IServiceCollection services)
    {
        services.AddTransient<BackendWatch>();
        Add<CatalogClient>(services, o => o.CatalogUrl, Resilience.ForPages);
        Add<CartsClient>(services, o => o.CartsUrl, Resilience.ForPages);
        Add<CheckoutClient>(services, o => o.CheckoutUrl, Resilience.ForPages);
        Add<SubmitClient>(services, o => o.CheckoutUrl, Resilience.ForSubmit);
        Add<OrdersClient>(services, o => o.OrdersUrl, Resilience.ForPages);
    }

    private static void Add<TClient>(
        IServiceCollection services, Func<UiOptions, Uri> address, Action<ResiliencePipelineBuilder<HttpResponseMessage>> pipeline)
        where TClient : class
    {
        var client = services.AddHttpClient<TClient>((provider, http) =>
        {
            http.BaseAddress = address(provider.GetRequiredService<UiOptions>());
            http.Timeout = Timeout.InfiniteTimeSpan;
        });
        client.AddHttpMessageHandler<BackendWatch>();
        client.AddResilienceHandler("backend", pipeline);
        client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(2),
            // The load balancer's addresses change; a connection must not outlive what DNS says for long.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            AllowAutoRedirect = false,
            UseCookies = false,
        });
    }
}
