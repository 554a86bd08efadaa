namespace Shop.Rehearsal.Engines;

/// <summary>A server did not come up; the message ends with what it logged.</summary>
public sealed class EngineStartException(string engine, string reason, string log)
    : Exception($"{engine} {reason}.\n{string.Join('\n', log.TrimEnd().Split('\n').TakeLast(20))}")
{
    public bool IsPortTaken { get; } =
        log.Contains("Address already in use", StringComparison.OrdinalIgnoreCase) || log.Contains("eaddrinuse", StringComparison.OrdinalIgnoreCase);
}
