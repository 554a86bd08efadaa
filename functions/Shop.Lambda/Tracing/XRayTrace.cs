using System.Buffers;
using System.Diagnostics;

namespace Shop.Lambda.Tracing;

/// <summary>Reads X-Ray's trace header, <c>Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1</c>.</summary>
internal static class XRayTrace
{
    private const int RootLength = 35;
    private const int SpanLength = 16;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <remarks>
    /// A load balancer starts traces without a Parent, and an Activity has no trace id without one: the last half of the id stands in for it.
    /// </remarks>
    public static bool TryParse(string? header, out ActivityContext context)
    {
        context = default;
        ReadOnlySpan<char> root = default, parent = default;
        var sampled = false;
        foreach (var range in header.AsSpan().Split(';'))
        {
            var field = header.AsSpan(range).Trim();
            if (field.StartsWith("Root=")) root = field[5..];
            else if (field.StartsWith("Parent=")) parent = field[7..];
            else if (field.StartsWith("Sampled=")) sampled = field[8..] is "1";
        }

        if (root.Length != RootLength || !root.StartsWith("1-") || root[10] != '-')
            return false;
        Span<char> id = stackalloc char[32];
        root[2..10].CopyTo(id);
        root[11..].CopyTo(id[8..]);
        if (!IsId(id))
            return false;
        ReadOnlySpan<char> span = IsId(parent) && parent.Length == SpanLength ? parent : id[SpanLength..];
        if (!IsId(span))
            return false;
        context = new ActivityContext(
            ActivityTraceId.CreateFromString(id),
            ActivitySpanId.CreateFromString(span),
            sampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None,
            isRemote: true);
        return true;
    }

    // Lower-case hexadecimal and not all zeros, as System.Diagnostics takes it.
    private static bool IsId(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Digits) && text.ContainsAnyExcept('0');
}
