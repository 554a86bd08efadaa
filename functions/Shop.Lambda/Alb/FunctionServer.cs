using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Shop.Lambda.Runtime;

namespace Shop.Lambda.Alb;

/// <summary>Chooses the server when the host starts: the Runtime API's if there is one, else the one that was registered before.</summary>
internal sealed class FunctionServer(IServiceProvider services, RuntimeApiSource source, Func<IServiceProvider, IServer> other) : IServer
{
    private IServer? _server;

    private IServer Server => _server ??=
        source.Client is { } api ? ActivatorUtilities.CreateInstance<LambdaServer>(services, api) : other(services);

    public IFeatureCollection Features => Server.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => Server.StartAsync(application, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Server.StopAsync(cancellationToken);

    public void Dispose() => _server?.Dispose();
}
