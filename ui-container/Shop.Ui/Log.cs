namespace Shop.Ui;

internal static partial class Log
{
    /// <summary>One line per request. Only the path: queries and forms can hold what a shopper typed.</summary>
    [LoggerMessage(1, LogLevel.Information, "{Method} {Path} answered {Status} in {Milliseconds} ms from {Region}, trace {TraceId}, correlation {CorrelationId}")]
    public static partial void RequestAnswered(ILogger logger, string method, string path, int status, long milliseconds, string region, string? traceId, string correlationId);

    [LoggerMessage(2, LogLevel.Warning, "{Backend} was unavailable: {Reason}")]
    public static partial void BackendUnavailable(ILogger logger, string backend, string reason);

    [LoggerMessage(3, LogLevel.Error, "A page failed")]
    public static partial void PageFailed(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "Order {OrderId} has no known outcome yet: {Reason}")]
    public static partial void OutcomeUnknown(ILogger logger, Guid orderId, string reason);

    [LoggerMessage(5, LogLevel.Warning, "Order {OrderId} was placed, but its cart was not cleared")]
    public static partial void CartNotCleared(ILogger logger, Guid orderId);

    public static void AddStoreLogs(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddJsonConsole(o =>
        {
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // Back-end URLs hold session ids, which are as good as a password; the clients' own lines are left out.
        logging.AddFilter("System.Net.Http", LogLevel.None);
        logging.AddFilter("Polly", LogLevel.None);
    }
}
