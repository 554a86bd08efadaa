using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shop.Databases;
using Shop.Lambda;
using Shop.Lambda.Http;

namespace Shop.Catalog;

public static class CatalogFunction
{
    private static readonly string[] Prefixes = ["/catalogue", "/catalog"];

    public static async Task<int> RunAsync(
        HttpClient? runtimeApi = null, IReadOnlyDictionary<string, string?>? environment = null, CancellationToken cancellationToken = default)
    {
        await using var function = Build(environment);
        return await function.RunFunctionAsync(runtimeApi, cancellationToken);
    }

    public static WebApplication Build(IReadOnlyDictionary<string, string?>? environment = null)
    {
        var builder = FunctionHost.CreateBuilder(CatalogJson.Default, environment);
        builder.Services.AddDatabase(builder.Configuration);
        builder.Services.AddSingleton<ICatalogStore, MySqlCatalogStore>();
        builder.Services.AddCatalogDocument();

        var function = builder.Build();
        function.MapCatalogue();
        foreach (var prefix in Prefixes)
        {
            function.MapOpenApi($"{prefix}/openapi.json");
        }

        var store = function.Services.GetRequiredService<ICatalogStore>();
        function.MapHealth(Prefixes, new HealthCheck("database", store.CheckAsync));
        return function;
    }
}
