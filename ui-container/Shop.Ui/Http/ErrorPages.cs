using Shop.Ui.Backends;
using Shop.Ui.Errors;

namespace Shop.Ui.Http;

/// <summary>The one place where something that went wrong becomes a page: a person's words, never a stack trace.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Ui.ErrorPages");
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
                if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
                {
                    await ShowAsync(context, context.Response.StatusCode);
                }
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
            catch (BadHttpRequestException e) when (!context.Response.HasStarted)
            {
                await ShowAsync(context, e.StatusCode);
            }
            catch (BackendUnavailableException) when (!context.Response.HasStarted)
            {
                await Page.Of<MovingPage>(TryAgain.From(context), complete: false).ExecuteAsync(context);
            }
            catch (Exception e) when (!context.Response.HasStarted)
            {
                Log.PageFailed(logger, e);
                await ShowAsync(context, StatusCodes.Status500InternalServerError);
            }
        });
    }

    private static Task ShowAsync(HttpContext context, int status) =>
        Page.Of<ErrorPage>(ErrorText.For(status), status).ExecuteAsync(context);
}
