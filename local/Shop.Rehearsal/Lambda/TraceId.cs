namespace Shop.Rehearsal.Lambda;

/// <summary>X-Ray trace headers.</summary>
public static class TraceId
{
    public static string New(TimeProvider time) => $"Root={Segment(time)}";

    /// <summary>As a load balancer does: keeps the client's root and adds its own id, or starts a trace.</summary>
    public static string Continue(string? received, TimeProvider time)
    {
        var fields = received?.Split(';').Where(f => f.Contains('=', StringComparison.Ordinal) && !f.StartsWith("Self=", StringComparison.Ordinal)).ToList() ?? [];
        return fields.Exists(f => f.StartsWith("Root=", StringComparison.Ordinal))
            ? $"Self={Segment(time)};{string.Join(';', fields)}"
            : string.Join(';', fields.Prepend(New(time)));
    }

    private static string Segment(TimeProvider time) =>
        $"1-{time.GetUtcNow().ToUnixTimeSeconds():x8}-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12))}";
}
