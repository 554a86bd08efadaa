namespace Shop.Checkout;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The checkout of a placed order was not deleted")]
    public static partial void CheckoutNotDeleted(ILogger logger, Exception exception);
}
