using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Shop.Lambda.Alb;

/// <summary>
/// Takes <c>PATH_BASE</c> off the paths below it, around everything else: a load balancer's rule such as <c>/catalog/*</c> picks the function and
/// leaves the path as it is.
/// </summary>
internal sealed class PathBaseFilter(FunctionEnvironment environment) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (environment["PATH_BASE"]?.Trim('/') is { Length: > 0 } path)
            app.UsePathBase("/" + path);
        next(app);
    };
}
