using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary><c>lambda:invoke</c>, with or without a task token, and functions called by their own ARN.</summary>
public sealed class LambdaIntegration(IFunctionInvoker functions) : ITaskIntegration
{
    public async Task<JsonElement> CallAsync(TaskResource resource, TaskInvocation task, CancellationToken cancellationToken)
    {
        if (resource.Action == "function")
        {
            return Output(await InvokeAsync(task.Resource, task.Input, cancellationToken));
        }

        if (resource is not { Action: "invoke", Pattern: "" or "waitForTaskToken" })
        {
            throw TaskIntegrations.Unknown(task.Resource);
        }

        var payload = task.Input.TryGetProperty("Payload", out var value) ? value : JsonConversions.Empty;
        var answer = await InvokeAsync(TaskParameters.Required(task, "FunctionName"), payload, cancellationToken);
        return new JsonObject
        {
            ["ExecutedVersion"] = answer.ExecutedVersion,
            ["Payload"] = Output(answer).ToNode(),
            ["StatusCode"] = 200,
        }.ToElement();
    }

    private async Task<FunctionAnswer> InvokeAsync(string function, JsonElement payload, CancellationToken cancellationToken)
    {
        FunctionAnswer answer;
        try
        {
            answer = await functions.InvokeAsync(function, Encoding.UTF8.GetBytes(payload.GetRawText()), cancellationToken);
        }
        catch (FunctionServiceException e)
        {
            throw new TaskFailureException($"Lambda.{e.ErrorType}", e.Message);
        }

        return answer.IsError ? throw FunctionError(answer.Payload) : answer;
    }

    private static TaskFailureException FunctionError(byte[] payload)
    {
        var cause = Encoding.UTF8.GetString(payload);
        try
        {
            var error = JsonConversions.Parse(payload);
            return new(error.ValueKind == JsonValueKind.Object && error.TryGetProperty("errorType", out var type)
                && type.GetString() is { Length: > 0 } name ? name : "Lambda.Unknown", cause);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new("Lambda.Unknown", cause);
        }
    }

    // A function that returns nothing has the output null; one that returns something else than JSON has failed.
    private static JsonElement Output(FunctionAnswer answer)
    {
        try
        {
            return JsonConversions.Parse(answer.Payload.Length == 0 ? "null"u8.ToArray() : answer.Payload);
        }
        catch (JsonException e)
        {
            throw new TaskFailureException("States.Runtime", $"The function's answer is not JSON: {e.Message}");
        }
    }
}
