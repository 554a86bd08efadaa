using System.Text.Json;

namespace Shop.Asl.Execution;

internal static class Invocations
{
    /// <summary>A call whose failure before its first await looks like one after it.</summary>
    public static Task<JsonElement> StartAsync(this ITaskInvoker tasks, TaskInvocation invocation, CancellationToken cancellationToken)
    {
        try
        {
            return tasks.InvokeAsync(invocation, cancellationToken);
        }
        catch (Exception failure)
        {
            return Task.FromException<JsonElement>(failure);
        }
    }
}
