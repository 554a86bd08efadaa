using System.Text.Json;

namespace Shop.Asl;

/// <summary>The task tokens that wait for SendTaskSuccess, SendTaskFailure or SendTaskHeartbeat. Share one between executions.</summary>
public sealed class TaskTokens
{
    /// <returns>Whether the token was known and its task still waits.</returns>
    public bool Succeed(string token, JsonElement output) => throw new NotImplementedException(token + output);

    /// <returns>Whether the token was known and its task still waits.</returns>
    public bool Fail(string token, string? error, string? cause) => throw new NotImplementedException(token + error + cause);

    /// <returns>Whether the token was known and its task still waits.</returns>
    public bool Heartbeat(string token) => throw new NotImplementedException(token);
}
