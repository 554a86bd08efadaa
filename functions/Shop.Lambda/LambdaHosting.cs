using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Lambda;
using Shop.Lambda.Alb;
using Shop.Lambda.Runtime;

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
        services.TryAddSingleton(new FunctionEnvironment());
        services.AddSingleton<RuntimeApiSource>();
        services.AddSingleton<IServer>(s => new FunctionServer(s, s.GetRequiredService<RuntimeApiSource>(), p => Create(p, other)));
        return services;
    }

    private static IServer Create(IServiceProvider services, ServiceDescriptor? descriptor) => descriptor switch
    {
        { ImplementationType: { } type } => (IServer)ActivatorUtilities.CreateInstance(services, type),
        { ImplementationFactory: { } factory } => (IServer)factory(services),
        { ImplementationInstance: IServer server } => server,
        _ => throw new InvalidOperationException("AWS_LAMBDA_RUNTIME_API is not set, and no other server is registered."),
    };
}
