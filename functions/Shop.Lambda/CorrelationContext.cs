using Shop.Contracts;

namespace Shop.Lambda;

/// <summary>The correlation id of the request being served.</summary>
public static class CorrelationContext
{
    private static readonly AsyncLocal<string?> Value = new();

    public static string? Current
    {
        get => Value.Value;
        internal set => Value.Value = value;
    }

    /// <summary>The client's own id if it is one, else the trace's, else the request's: there is always one to search for.</summary>
    internal static string Choose(string? sent, string? trace, string requestId) =>
        CorrelationId.IsValid(sent) ? sent! : TraceContext.RootOf(trace) is { } root && CorrelationId.IsValid(root) ? root
        // Kestrel's own ids hold a colon.
        : CorrelationId.IsValid(requestId) ? requestId : Guid.CreateVersion7().ToString("N");
}
