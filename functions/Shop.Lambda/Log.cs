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
}
