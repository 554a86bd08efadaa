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
}
