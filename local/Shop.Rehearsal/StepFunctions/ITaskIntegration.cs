using System.Text.Json;
using Shop.Asl;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>What Task states of one service do.</summary>
public interface ITaskIntegration
{
    /// <exception cref="TaskFailureException">By the name that the integration has in AWS.</exception>
    Task<JsonElement> CallAsync(TaskResource resource, TaskInvocation task, CancellationToken cancellationToken);
}
