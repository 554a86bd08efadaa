using Shop.Contracts;

namespace Shop.Ui.Http;

internal static class RequestLog
{
    /// <summary>The id that the client sent, if it is one, else a new one; the same all through the request.</summary>
    public static string CorrelationOf(HttpContext context)
    {
        if (context.Items[CorrelationId.Header] is string known)
        {
            return known;
        }

        var sent = context.Request.Headers[CorrelationId.Header].ToString();
        var id = CorrelationId.IsValid(sent) ? sent : Guid.CreateVersion7().ToString("N");
        context.Items[CorrelationId.Header] = id;
        return id;
    }

    public static void UseRequestLog(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Ui.Requests");
        var time = app.Services.GetRequiredService<TimeProvider>();
        var region = app.Services.GetRequiredService<UiOptions>().Region;
        app.Use(async (context, next) =>
        {
            var started = time.GetTimestamp();
            // Also for whoever calls support: the page's answer names what to search for.
            context.Response.Headers[CorrelationId.Header] = CorrelationOf(context);
            try
            {
                await next(context);
            }
            finally
            {
                var request = context.Request;
                var trace = request.Headers["X-Amzn-Trace-Id"].ToString() is { Length: > 0 } id ? id : null;
                Log.RequestAnswered(
                    logger, request.Method, request.Path, context.Response.StatusCode,
                    (long)time.GetElapsedTime(started).TotalMilliseconds, region, trace, CorrelationOf(context));
            }
        });
    }
}
