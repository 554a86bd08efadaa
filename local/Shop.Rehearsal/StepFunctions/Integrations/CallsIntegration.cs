using System.Text.Json;
using Shop.Asl;

namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary>An <c>aws-sdk:*</c> service that another part of the host plays.</summary>
public sealed class CallsIntegration(
    string region, Func<string, string, JsonElement, CancellationToken, Task<JsonElement>> call) : ITaskIntegration
{
    public CallsIntegration(string region, IRdsCalls rds)
        : this(region, rds.CallAsync)
    {
    }

    public CallsIntegration(string region, IS3Calls s3)
        : this(region, s3.CallAsync)
    {
    }

    public Task<JsonElement> CallAsync(TaskResource resource, TaskInvocation task, CancellationToken cancellationToken) =>
        resource.Pattern.Length == 0
            ? call(region, resource.Action, task.Input, cancellationToken)
            : throw TaskIntegrations.Unknown(task.Resource);
}
