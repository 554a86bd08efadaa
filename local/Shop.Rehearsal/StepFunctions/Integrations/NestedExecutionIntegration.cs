using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary><c>states:startExecution</c>: fire and forget, <c>.sync</c> (output as text), <c>.sync:2</c> (output as JSON), or with a task token.</summary>
/// <remarks>Same Region only, as in AWS. A parent that ends stops the child it waits for.</remarks>
public sealed class NestedExecutionIntegration(StepFunctionsService service) : ITaskIntegration
{
    public async Task<JsonElement> CallAsync(TaskResource resource, TaskInvocation task, CancellationToken cancellationToken)
    {
        if (resource is not { Action: "startExecution", Pattern: "" or "sync" or "sync:2" or "waitForTaskToken" })
        {
            throw TaskIntegrations.Unknown(task.Resource);
        }

        var child = Start(task);
        var started = new JsonObject
        {
            ["ExecutionArn"] = child.Arn,
            ["StartDate"] = child.StartDate.ToUnixTimeMilliseconds(),
        }.ToElement();
        if (resource.Pattern is "" or "waitForTaskToken")
        {
            return started;
        }

        task.Submitted(started);
        await WaitAsync(child, cancellationToken);
        var description = Describe(child);
        if (child.Status != ExecutionStatus.Succeeded)
        {
            throw new TaskFailureException("States.TaskFailed", description.ToJsonString());
        }

        if (resource.Pattern == "sync:2")
        {
            description["Input"] = child.InputValue.ToNode();
            description["Output"] = JsonNode.Parse(child.Outcome.Output!);
        }

        return description.ToElement();
    }

    private Execution Start(TaskInvocation task)
    {
        var input = TaskParameters.Text(task.Input, "Input") ?? "{}";
        try
        {
            return service.Start(TaskParameters.Required(task, "StateMachineArn"), TaskParameters.Optional(task, "Name"), input);
        }
        catch (AwsServiceException e)
        {
            throw new TaskFailureException($"StepFunctions.{AwsCasing.ExceptionName(e.ErrorType)}", e.Message);
        }
    }

    private async Task WaitAsync(Execution child, CancellationToken cancellationToken)
    {
        try
        {
            await child.Completion.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await service.StopAsync(child.Arn, null, "The parent execution no longer waits for it.");
            throw;
        }
    }

    // Unlike SDK integrations, this one gives times as epoch milliseconds.
    private JsonObject Describe(Execution child)
    {
        var output = AwsCasing.Output(StepFunctionsJson.Describe(child, service.Now))!.AsObject();
        output["StartDate"] = child.StartDate.ToUnixTimeMilliseconds();
        output["StopDate"] = child.Outcome.StopDate!.Value.ToUnixTimeMilliseconds();
        return output;
    }
}
