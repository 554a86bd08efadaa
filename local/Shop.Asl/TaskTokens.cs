using System.Collections.Concurrent;
using System.Text.Json;
using Shop.Asl.Execution;

namespace Shop.Asl;

/// <summary>The task tokens that wait for SendTaskSuccess, SendTaskFailure or SendTaskHeartbeat. Share one between executions.</summary>
public sealed class TaskTokens
{
    private readonly ConcurrentDictionary<string, PendingToken> _pending = new(StringComparer.Ordinal);

    /// <returns>Whether the token was known and its task still waits.</returns>
    public bool Succeed(string token, JsonElement output) => _pending.TryRemove(token, out var pending) && pending.Succeed(output.Clone());

    /// <returns>Whether the token was known and its task still waits.</returns>
    public bool Fail(string token, string? error, string? cause) => _pending.TryRemove(token, out var pending) && pending.Fail(error, cause);

    /// <returns>Whether the token was known and its task still waits.</returns>
    public bool Heartbeat(string token)
    {
        if (!_pending.TryGetValue(token, out var pending))
        {
            return false;
        }

        pending.Beat();
        return true;
    }

    /// <summary>Whether a task waits for it now.</summary>
    public bool IsWaiting(string token) => _pending.ContainsKey(token);

    /// <summary>Whether a text has the form of the tokens that executions give out, wherever they ran.</summary>
    public static bool IsToken(string token) => TokenFormat.IsToken(token);

    /// <summary>Whether a token, still waited for or not, was given out by an execution.</summary>
    public static bool IsTokenOf(string token, string executionArn) => TokenFormat.IsOf(token, executionArn);

    internal PendingToken Register(string token, Action beat)
    {
        var pending = new PendingToken(beat, () => _pending.TryRemove(token, out _));
        _pending[token] = pending;
        return pending;
    }
}
