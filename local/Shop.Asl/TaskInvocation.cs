using System.Text.Json;

namespace Shop.Asl;

/// <summary>One attempt of a Task state.</summary>
/// <param name="Resource">As in the definition: a function's ARN or <c>arn:aws:states:::service:action[.pattern]</c>.</param>
/// <param name="Input">The effective input, after InputPath and Parameters.</param>
/// <param name="TaskToken">Only for <c>.waitForTaskToken</c>; the same as <c>$$.Task.Token</c>.</param>
public sealed record TaskInvocation(string Resource, JsonElement Input, string StateName, string ExecutionArn, string? TaskToken)
{
    /// <summary>0 for the first attempt.</summary>
    public int RetryCount { get; init; }

    public int RedriveCount { get; init; }

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? Heartbeat { get; init; }

    /// <summary>The state's Credentials, evaluated.</summary>
    public JsonElement? Credentials { get; init; }

    /// <summary>
    /// What a <c>.sync</c> invoker calls once the job or child execution was started, with the answer of that call: it becomes the
    /// TaskSubmitted event. The interpreter does it by itself for <c>.waitForTaskToken</c>.
    /// </summary>
    public Action<JsonElement> Submitted { get; init; } = static _ => { };
}
