using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Lambda.Http;
using Shop.Lambda.Logging;
using Shop.Lambda.Metrics;
using Shop.Lambda.Runtime;

namespace Shop.Lambda;

/// <summary>Builds the host of an HTTP function: the Runtime API when <c>AWS_LAMBDA_RUNTIME_API</c> is set, Kestrel otherwise.</summary>
public static class FunctionHost
{
    /// <summary>A builder with the conventions of every API of the store: problem+json, <c>X-Region</c>, limits, JSON logs.</summary>
    /// <param name="json">The service's source-generated JSON context.</param>
    /// <param name="environment">Stands in for the process environment, so that tests can run several functions in one process.</param>
    public static WebApplicationBuilder CreateBuilder(IJsonTypeInfoResolver json, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var variables = new FunctionEnvironment(environment);
        InitErrors.Watch(variables);
        MemoryLimit.Apply(variables);

        // The empty builder: the slim one spends most of a cold start on watching configuration files.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = variables.FunctionName,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(variables.AsConfiguration());
        builder.Services.AddSingleton(variables);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<FunctionMetrics>();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IStartupFilter, HttpConventions>();
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.TypeInfoResolverChain.Insert(0, json);
            o.SerializerOptions.TypeInfoResolverChain.Add(ConventionsJson.Default);
            // A missing or null field is the client's mistake (400 with its name), not a NullReferenceException of ours.
            o.SerializerOptions.RespectNullableAnnotations = true;
            o.SerializerOptions.RespectRequiredConstructorParameters = true;
            // A number in quotes is the wrong type, and no client of the contract sends one.
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        builder.Logging.AddFunctionLogs(variables);

        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = HttpConventions.BodyLimit;
        });
        if (variables["ASPNETCORE_URLS"] is { } urls)
            builder.WebHost.UseUrls(urls);

        builder.Services.AddAWSLambdaHosting(LambdaEventSource.ApplicationLoadBalancer);
        return builder;
    }

    /// <summary>Runs until SIGTERM or cancellation; the answer is the exit code.</summary>
    /// <param name="runtimeApi">A client of a Runtime API; without it, <c>AWS_LAMBDA_RUNTIME_API</c> decides.</param>
    public static async Task<int> RunFunctionAsync(
        this WebApplication function, HttpClient? runtimeApi = null, CancellationToken cancellationToken = default)
    {
        var source = function.Services.GetRequiredService<RuntimeApiSource>();
        source.Use(runtimeApi);
        try
        {
            await function.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (source.Client is not null && exception is not OperationCanceledException)
        {
            Log.StartFailed(function.Logger, exception);
            await InitErrors.ReportAsync(source.Client, exception);
            return 1;
        }

        await function.WaitForShutdownAsync(cancellationToken);
        return source.Failed ? 1 : 0;
    }
}
