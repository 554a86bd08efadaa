using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Lambda;
using Shop.Lambda.Alb;
using Shop.Lambda.Runtime;
using Shop.Lambda.Tracing;

// The namespace and the names of AWS's Amazon.Lambda.AspNetCoreServer.Hosting, so that the package can take this project's place.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What invokes the function.</summary>
public enum LambdaEventSource
{
    ApplicationLoadBalancer,
}

public static class LambdaHosting
{
    /// <summary>Serves the function's invocations in Lambda; elsewhere the registered server (Kestrel) stays in charge.</summary>
    public static IServiceCollection AddAWSLambdaHosting(this IServiceCollection services, LambdaEventSource eventSource)
    {
        if (eventSource != LambdaEventSource.ApplicationLoadBalancer)
            throw new ArgumentOutOfRangeException(nameof(eventSource), eventSource, "Only ApplicationLoadBalancer is supported.");
        if (services.Any(s => s.ServiceType == typeof(RuntimeApiSource)))
            return services;

        var other = services.LastOrDefault(s => s.ServiceType == typeof(IServer));
        services.TryAddSingleton(TimeProvider.System);
        if (!services.Any(s => s.ServiceType == typeof(FunctionEnvironment)))
            AddProcess(services);
        services.AddSingleton<RuntimeApiSource>();
        services.AddSingleton<IStartupFilter, PathBaseFilter>();
        services.AddSingleton<DistributedContextPropagator>(new XRayPropagator(DistributedContextPropagator.Current));
        services.AddSingleton<IServer>(s => new FunctionServer(s, s.GetRequiredService<RuntimeApiSource>(), p => Create(p, other)));
        return services;
    }

    // An application without FunctionHost: it gets here what FunctionHost does for the others.
    private static void AddProcess(IServiceCollection services)
    {
        var environment = new FunctionEnvironment();
        InitErrors.Watch(environment);
        MemoryLimit.Apply(environment);
        services.AddSingleton(environment);
    }

    private static IServer Create(IServiceProvider services, ServiceDescriptor? descriptor) => descriptor switch
    {
        { ImplementationType: { } type } => (IServer)ActivatorUtilities.CreateInstance(services, type),
        { ImplementationFactory: { } factory } => (IServer)factory(services),
        { ImplementationInstance: IServer server } => server,
        _ => throw new InvalidOperationException("AWS_LAMBDA_RUNTIME_API is not set, and no other server is registered."),
    };
}
