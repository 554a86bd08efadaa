using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Shop.Lambda.Http;

/// <summary>Puts <see cref="ConventionsMiddleware"/> around everything, routing included.</summary>
internal sealed class HttpConventions : IStartupFilter
{
    /// <summary>What an ALB lets through to a Lambda target.</summary>
    public const int BodyLimit = 1024 * 1024;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<ConventionsMiddleware>();
        next(app);
    };
}
