using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Shop.Lambda.Logging;

internal static class FunctionLogs
{
    /// <summary>JSON lines on stdout; <c>AWS_LAMBDA_LOG_LEVEL</c> or <c>POWERTOOLS_LOG_LEVEL</c> set the level.</summary>
    public static void AddFunctionLogs(this ILoggingBuilder logging, FunctionEnvironment environment)
    {
        var level = LevelOf(environment["AWS_LAMBDA_LOG_LEVEL"] ?? environment["POWERTOOLS_LOG_LEVEL"]);
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", level > LogLevel.Warning ? level : LogLevel.Warning);
        logging.Services.AddSingleton<ILoggerProvider>(_ => new JsonLogProvider(environment, JsonLogProvider.StandardOutput));
    }

    private static LogLevel LevelOf(string? name) => name?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "WARN" or "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" or "CRITICAL" => LogLevel.Critical,
        "NONE" => LogLevel.None,
        _ => LogLevel.Information,
    };
}
