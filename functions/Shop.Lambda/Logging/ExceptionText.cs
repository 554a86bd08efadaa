namespace Shop.Lambda.Logging;

/// <summary>What may be told of an exception where people read it who must not read shoppers' data.</summary>
internal static class ExceptionText
{
    /// <summary>The message; a database's without what it quotes, which can be a value: <c>Duplicate entry 'ann@example.com' for key …</c>.</summary>
    /// <remarks>By name, for this project knows no driver.</remarks>
    public static string Of(Exception exception) =>
        exception.GetType().FullName == "MySqlConnector.MySqlException" ? WithoutQuotes(exception.Message) : exception.Message;

    /// <remarks>From the first quote to the last: the server does not escape those within a value.</remarks>
    internal static string WithoutQuotes(string message)
    {
        var first = message.IndexOf('\'', StringComparison.Ordinal);
        return first < 0 ? message : string.Concat(message.AsSpan(0, first + 1), "…", message.AsSpan(message.LastIndexOf('\'')));
    }
}
