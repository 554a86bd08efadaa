using System.Text.Json;
using Shop.Asl;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>Finds the integration that a Task's Resource names.</summary>
public sealed class TaskIntegrations : ITaskInvoker
{
    private const string FunctionArnPrefix = "arn:aws:lambda:";
    private static readonly TaskResource Function = new("lambda", "function", "");
    private readonly Dictionary<string, ITaskIntegration> _integrations = new(StringComparer.Ordinal);

    /// <param name="service">As in the Resource: <c>lambda</c>, <c>dynamodb</c>, <c>aws-sdk:rds</c>, …</param>
    public TaskIntegrations Add(string service, ITaskIntegration integration)
    {
        _integrations.Add(service, integration);
        return this;
    }

    public async Task<JsonElement> InvokeAsync(TaskInvocation task, CancellationToken cancellationToken)
    {
        var resource = task.Resource.StartsWith(FunctionArnPrefix, StringComparison.Ordinal)
            ? Function
            : TaskResource.TryParse(task.Resource);
        if (resource is null || !_integrations.TryGetValue(resource.Service, out var integration))
        {
            throw Unknown(task.Resource);
        }

        return await integration.CallAsync(resource, task, cancellationToken);
    }

    public static TaskFailureException Unknown(string resource) =>
        new("States.Runtime", $"The resource '{resource}' can't be called in the rehearsal.") { BeforeStart = true };
}
