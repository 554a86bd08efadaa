namespace Shop.Contracts;

/// <summary>Ties together what one action of a shopper causes: from the page through the APIs to the message on the broker.</summary>
public static class CorrelationId
{
    public const string Header = "X-Correlation-Id";

    private const int MaximumLength = 64;

    /// <summary>1 to 64 letters, digits, dots, dashes and underscores: nothing that could break out of a log line or a header.</summary>
    public static bool IsValid(string? id) =>
        id is { Length: > 0 and <= MaximumLength } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
