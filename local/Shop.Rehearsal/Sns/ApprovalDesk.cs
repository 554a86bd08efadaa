using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.Sns;

/// <summary>Where an operator answers what executions ask: <c>approve</c> and <c>deny</c> of the host.</summary>
public sealed class ApprovalDesk
{
    public const string DeniedError = "Shop.ApprovalDenied";
    private readonly TaskTokens _tokens;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Approval> _pending = new(StringComparer.Ordinal);

    public ApprovalDesk(SnsService sns, TaskTokens tokens, TimeProvider time)
    {
        _tokens = tokens;
        _time = time;
        sns.Published += Keep;
    }

    /// <summary>Oldest first. One whose execution has stopped waiting is still here until someone answers it.</summary>
    public IReadOnlyList<Approval> Pending => [.. _pending.Values.OrderBy(approval => approval.Message.Time)];

    /// <returns>Whether an execution still waited for the answer.</returns>
    public bool Approve(string messageId, string by) =>
        _pending.TryRemove(messageId, out var approval) && _tokens.Succeed(approval.TaskToken, new JsonObject
        {
            ["approved"] = true,
            ["by"] = by,
            ["at"] = _time.GetUtcNow().ToString("O"),
        }.ToElement());

    /// <returns>Whether an execution still waited for the answer.</returns>
    public bool Deny(string messageId, string by) =>
        _pending.TryRemove(messageId, out var approval) && _tokens.Fail(approval.TaskToken, DeniedError, $"Denied by {by}.");

    private void Keep(SnsMessage message)
    {
        if (Approval.TryRead(message) is { } approval)
        {
            _pending[message.Id] = approval;
        }
    }
}
