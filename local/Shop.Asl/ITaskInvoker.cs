using System.Text.Json;

namespace Shop.Asl;

/// <summary>Does the work of Task states: whatever a Resource names.</summary>
public interface ITaskInvoker
{
    /// <summary>
    /// Returns the task's output; for a <c>.waitForTaskToken</c> resource the answer of the call that handed out the token.
    /// The token is cancelled when the task timed out, lost its heartbeat, or its execution or branch was ended.
    /// </summary>
    /// <exception cref="TaskFailureException">The task failed, by the name that Retry and Catch match.</exception>
    Task<JsonElement> InvokeAsync(TaskInvocation task, CancellationToken cancellationToken);
}
