namespace Shop.Ui.Http;

internal static class RequestLog
{
    public static void UseRequestLog(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Ui.Requests");
        var time = app.Services.GetService<TimeProvider>() ?? TimeProvider.System;
        var region = app.Services.GetRequiredService<UiOptions>().Region;
        app.Use(async (context, next) =>
        {
            var started = time.GetTimestamp();
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
                    (long)time.GetElapsedTime(started).TotalMilliseconds, region, trace);
            }
        });
    }
}
