using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Shop.Lambda.Runtime;

namespace Shop.Lambda.Alb;

/// <summary>Chooses the server when the host starts: the Runtime API's if there is one, else the one that was registered before.</summary>
internal sealed class FunctionServer(IServiceProvider services, RuntimeApiSource source, Func<IServiceProvider, IServer> other) : IServer
{
    private LambdaServer? _lambda;
    private IServer? _other;

    // Asked for features while the application is still being built, when a client of the Runtime API may yet be handed in.
    private IServer Server => source.Client is { } api
        ? _lambda ??= ActivatorUtilities.CreateInstance<LambdaServer>(services, api)
        : _other ??= other(services);

    public IFeatureCollection Features => Server.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => Server.StartAsync(application, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Server.StopAsync(cancellationToken);

    public void Dispose()
    {
        _lambda?.Dispose();
        _other?.Dispose();
    }
}
