using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.EventBridge;

namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary><c>events:putEvents</c>. Detail may be JSON; the execution and its machine are added to the resources.</summary>
public sealed class EventsIntegration(EventBus bus) : ITaskIntegration
{
    private readonly AwsOperation _putEvents = EventsApi.Operations(bus)["PutEvents"];

    public async Task<JsonElement> CallAsync(TaskResource resource, TaskInvocation task, CancellationToken cancellationToken)
    {
        if (resource is not { Action: "putEvents", Pattern: "" or "waitForTaskToken" })
        {
            throw TaskIntegrations.Unknown(task.Resource);
        }

        if (task.Input.ToNode() is not JsonObject { } parameters || parameters["Entries"] is not JsonArray entries)
        {
            throw TaskParameters.Invalid(task, "the required field 'Entries' is missing");
        }

        foreach (var entry in entries.OfType<JsonObject>())
        {
            Complete(entry, task.ExecutionArn);
        }

        return await PutAsync(parameters.ToElement(), cancellationToken);
    }

    private static void Complete(JsonObject entry, string executionArn)
    {
        if (entry["Detail"] is JsonObject detail)
        {
            entry["Detail"] = detail.ToJsonString();
        }

        var machineArn = executionArn[..executionArn.LastIndexOf(':')].Replace(":execution:", ":stateMachine:", StringComparison.Ordinal);
        var resources = entry["Resources"] as JsonArray ?? [];
        resources.Add(JsonValue.Create(executionArn));
        resources.Add(JsonValue.Create(machineArn));
        entry["Resources"] = resources.Parent is null ? resources : resources.DeepClone();
    }

    private async Task<JsonElement> PutAsync(JsonElement parameters, CancellationToken cancellationToken)
    {
        try
        {
            var output = await _putEvents(parameters, cancellationToken);
            return (int)output["FailedEntryCount"]! == 0
                ? output.ToElement()
                : throw new TaskFailureException("EventBridge.FailedEntry", output["Entries"]!.ToJsonString());
        }
        catch (AwsServiceException e)
        {
            throw new TaskFailureException($"EventBridge.{AwsCasing.ExceptionName(e.ErrorType)}", e.Message);
        }
    }
}
