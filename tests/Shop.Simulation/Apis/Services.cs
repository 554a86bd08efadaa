using System.Text.Json;
using Shop.Asl;
using Shop.Simulation.Executions;

namespace Shop.Simulation.Apis;

/// <summary>Does what a task asks for, at once: its whole effect on the world, and the answer.</summary>
internal static class Services
{
    /// <exception cref="TaskFailureException">The service refuses.</exception>
    /// <exception cref="InvalidOperationException">The model knows nothing like it: the model has to be extended.</exception>
    public static JsonElement Call(SimulatedExecution execution, TaskInvocation task, ActionName action) => action.Service switch
    {
        "rds" => RdsApi.Call(execution, action, task.Input),
        "dynamodb" => DynamoDbApi.Call(execution, action, task.Input),
        "lambda" => FunctionsApi.Call(execution, action, task.Input.TryGetProperty("Payload", out var payload) ? payload : Answer.Empty),
        "sns" => Publish(execution, task, action),
        "cloudwatch" => CloudWatchApi.Call(execution, action, task.Input),
        "sfn" => StatesApi.Describe(execution, action, task.Input),
        "states" => StatesApi.Started(StatesApi.Start(execution, task, waits: false)),
        "events" => Announce(execution, action, task.Input),
        _ => throw Errors.Unknown(action),
    };

    private static JsonElement Publish(SimulatedExecution execution, TaskInvocation task, ActionName action)
    {
        if (action.Action != "publish")
        {
            throw Errors.Unknown(action);
        }

        if (task.TaskToken is { } token)
        {
            execution.Cloud.World.Mail.Ask(task.Input, execution, token);
        }
        else
        {
            execution.Cloud.World.Mail.Deliver(task.Input, execution);
        }

        return Answer.Object(writer => writer.WriteString("MessageId"u8, $"message-{execution.Cloud.World.Mail.Letters.Count}"));
    }

    private static JsonElement Announce(SimulatedExecution execution, ActionName action, JsonElement request)
    {
        if (action.Action != "putEvents")
        {
            throw Errors.Unknown(action);
        }

        execution.Cloud.World.Mail.Letters.Add(new("events", request.GetRawText(), execution));
        return Answer.Object(writer => writer.WriteNumber("FailedEntryCount"u8, 0));
    }
}
