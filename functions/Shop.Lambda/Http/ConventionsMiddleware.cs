using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Shop.Contracts;
using Shop.Lambda.Logging;
using Shop.Lambda.Metrics;

namespace Shop.Lambda.Http;

/// <summary>What every answer has in common: Region and trace headers, problems instead of bare errors, one log line.</summary>
internal sealed class ConventionsMiddleware(RequestDelegate next, FunctionEnvironment environment, FunctionMetrics metrics, ILogger<ConventionsMiddleware> log)
{
    private readonly string _region = environment.Region;

    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        var trace = context.Request.Headers[TraceContext.Header].ToString() is { Length: > 0 } sent ? sent : TraceContext.Current;
        TraceContext.Current = trace;
        var correlation = CorrelationContext.Choose(context.Request.Headers[CorrelationId.Header], trace, context.TraceIdentifier);
        CorrelationContext.Current = correlation;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["X-Region"] = _region;
            context.Response.Headers[CorrelationId.Header] = correlation;
            if (trace is not null)
                context.Response.Headers[TraceContext.Header] = trace;
            return Task.CompletedTask;
        });

        using (log.BeginScope(new CorrelationScope(correlation)))
        {
            try
            {
                if (context.Request.ContentLength > HttpConventions.BodyLimit)
                    await AnswerAsync(context, BadRequests.PayloadTooLarge);
                else
                    await next(context);

                if (NeedsProblem(context.Response))
                    await AnswerAsync(context, ProblemFor(context.Response.StatusCode) with { Errors = ErrorsOf(context) });
            }
            catch (Exception exception) when (!context.Response.HasStarted)
            {
                await AnswerAsync(context, ProblemFor(context, exception));
            }
            finally
            {
                Log.Answered(log, context.Request.Method, RouteOf(context), context.Response.StatusCode,
                    Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1));
                metrics.Flush();
            }
        }
    }

    private static bool NeedsProblem(HttpResponse response) =>
        !response.HasStarted && response.StatusCode is >= 400 and < 600 && response.ContentLength is null or 0 && response.ContentType is null;

    private static Dictionary<string, string[]>? ErrorsOf(HttpContext context) =>
        context.Response.StatusCode == StatusCodes.Status400BadRequest ? QueryErrors.Find(context) : null;

    private static async Task AnswerAsync(HttpContext context, Problem problem)
    {
        var allow = context.Response.Headers.Allow;
        context.Response.Clear();
        if (problem.Status == StatusCodes.Status405MethodNotAllowed)
            context.Response.Headers.Allow = allow;
        await new ProblemResult(problem).ExecuteAsync(context);
    }

    private Problem ProblemFor(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case ProblemException known:
                return known.Problem;
            case BadHttpRequestException bad:
                return BadRequests.From(bad);
            case DependencyUnavailableException unavailable:
                Log.DependencyUnavailable(log, unavailable.Dependency, unavailable);
                metrics.Count("DependencyFailures");
                return new Problem(
                    ProblemTypes.Unavailable, "Temporarily unavailable.", 503, $"The {unavailable.Dependency} can't be reached. Try again.");
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                Log.RanOutOfTime(log, context.Request.Method, RouteOf(context));
                return new Problem(ProblemTypes.Unavailable, "Temporarily unavailable.", 503, "The answer took too long. Try again.");
            default:
                Log.Failed(log, context.Request.Method, RouteOf(context), exception);
                return new Problem(ProblemTypes.Unexpected, "Something went wrong.", 500);
        }
    }

    private static Problem ProblemFor(int status) => status switch
    {
        400 => new Problem(ProblemTypes.InvalidRequest, "The request is not valid.", 400),
        403 => new Problem(ProblemTypes.Forbidden, "Forbidden.", 403),
        404 => new Problem(ProblemTypes.NotFound, "Not found.", 404),
        405 => new Problem(ProblemTypes.MethodNotAllowed, "Method not allowed.", 405),
        409 => new Problem(ProblemTypes.Conflict, "Conflicts with the current state.", 409),
        413 => BadRequests.PayloadTooLarge,
        415 => new Problem(ProblemTypes.UnsupportedMediaType, "Unsupported media type.", 415, "Send the body as application/json."),
        422 => new Problem(ProblemTypes.IdempotencyMismatch, "The idempotency key was used with another content.", 422),
        503 => new Problem(ProblemTypes.Unavailable, "Temporarily unavailable.", 503),
        >= 500 => new Problem(ProblemTypes.Unexpected, "Something went wrong.", status),
        _ => new Problem(ProblemTypes.InvalidRequest, "The request is not valid.", status),
    };

    // The template, never the path: paths hold customers' ids.
    private static string RouteOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } template } ? template : "(none)";
}
