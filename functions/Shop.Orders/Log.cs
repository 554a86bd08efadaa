using Microsoft.Extensions.Logging;

namespace Shop.Orders;

internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Information, "Order {OrderId} was placed under epoch {Epoch}")]
    public static partial void OrderPlaced(ILogger logger, Guid orderId, long epoch);

    [LoggerMessage(102, LogLevel.Information, "Order {OrderId} was cancelled")]
    public static partial void OrderCancelled(ILogger logger, Guid orderId);

    [LoggerMessage(103, LogLevel.Warning, "The commit of order {OrderId} was not answered")]
    public static partial void CommitUnknown(ILogger logger, Guid orderId, Exception exception);

    [LoggerMessage(104, LogLevel.Warning, "Event {EventId} was left to the relay")]
    public static partial void LeftToRelay(ILogger logger, Guid eventId, Exception exception);

    [LoggerMessage(105, LogLevel.Warning, "The newest reign could not be read; the one known before counts")]
    public static partial void ReignUnknown(ILogger logger, Exception exception);
}
