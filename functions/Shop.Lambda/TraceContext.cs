namespace Shop.Lambda;

/// <summary>The X-Ray trace header of the request being served.</summary>
public static class TraceContext
{
    public const string Header = "X-Amzn-Trace-Id";

    private static readonly AsyncLocal<string?> Value = new();

    public static string? Current
    {
        get => Value.Value;
        internal set => Value.Value = value;
    }

    // "Self=1-...;Root=1-5759e988-bd86;Parent=..." -> "1-5759e988-bd86"
    internal static string? RootOf(string? trace) =>
        trace?.Split(';').FirstOrDefault(f => f.StartsWith("Root=", StringComparison.Ordinal))?[5..];
}
