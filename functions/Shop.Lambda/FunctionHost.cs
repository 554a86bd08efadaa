using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Shop.Lambda;

/// <summary>Builds the host of an HTTP function: the Runtime API when <c>AWS_LAMBDA_RUNTIME_API</c> is set, Kestrel otherwise.</summary>
public static class FunctionHost
{
    public static WebApplicationBuilder CreateBuilder(IJsonTypeInfoResolver json)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, json));
        return builder;
    }

    public static async Task<int> RunFunctionAsync(this WebApplication function, CancellationToken cancellationToken = default)
    {
        await function.StartAsync(cancellationToken);
        await function.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
