using Microsoft.Extensions.Logging;

namespace Shop.Lambda;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Method} {Route} answered {Status} in {Milliseconds} ms")]
    public static partial void Answered(ILogger logger, string method, string route, int status, double milliseconds);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Route} failed")]
    public static partial void Failed(ILogger logger, string method, string route, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The {Dependency} was unavailable")]
    public static partial void DependencyUnavailable(ILogger logger, string dependency, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "{Method} {Route} ran out of time")]
    public static partial void RanOutOfTime(ILogger logger, string method, string route);

    [LoggerMessage(5, LogLevel.Error, "Invocation {InvocationId} failed")]
    public static partial void InvocationFailed(ILogger logger, string invocationId, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "The answer of invocation {InvocationId} was refused")]
    public static partial void AnswerRefused(ILogger logger, string invocationId, Exception exception);

    [LoggerMessage(7, LogLevel.Critical, "The Runtime API loop ended")]
    public static partial void LoopEnded(ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "The answer has {Bytes} bytes and a load balancer takes {Limit}")]
    public static partial void AnswerTooLarge(ILogger logger, int bytes, int limit);

    [LoggerMessage(9, LogLevel.Error, "The handler of {Method} ignored the cancellation before the deadline")]
    public static partial void HandlerOverran(ILogger logger, string method);

    [LoggerMessage(10, LogLevel.Error, "The application failed outside its own error handling")]
    public static partial void ApplicationFailed(ILogger logger, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "The event can't be read: {Reason}")]
    public static partial void EventUnreadable(ILogger logger, string reason);

    [LoggerMessage(12, LogLevel.Information, "Task {Handler} finished in {Milliseconds} ms")]
    public static partial void TaskFinished(ILogger logger, string handler, double milliseconds);

    [LoggerMessage(13, LogLevel.Critical, "The function could not start")]
    public static partial void StartFailed(ILogger logger, Exception exception);
}
