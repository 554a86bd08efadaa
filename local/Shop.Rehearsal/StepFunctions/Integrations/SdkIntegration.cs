using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary><c>aws-sdk:*</c> for services that the host plays by their JSON API: the same operations, with the casing and errors of SDK integrations.</summary>
/// <param name="errorPrefix">Before the dot of an error name: <c>Sfn</c>, <c>CloudWatch</c>.</param>
/// <param name="camelMembers">Whether the API writes its members in camel case (Step Functions does).</param>
public sealed class SdkIntegration(
    string errorPrefix, IReadOnlyDictionary<string, AwsOperation> operations, bool camelMembers) : ITaskIntegration
{
    public async Task<JsonElement> CallAsync(TaskResource resource, TaskInvocation task, CancellationToken cancellationToken)
    {
        if (resource.Pattern is not ("" or "waitForTaskToken") || !operations.TryGetValue(AwsCasing.Pascal(resource.Action), out var run))
        {
            throw TaskIntegrations.Unknown(task.Resource);
        }

        try
        {
            var input = camelMembers ? AwsCasing.Input(task.Input.ToNode())!.ToElement() : task.Input;
            JsonNode output = await run(input, cancellationToken);
            return AwsCasing.Output(output)!.ToElement();
        }
        catch (AwsServiceException e)
        {
            throw new TaskFailureException($"{errorPrefix}.{AwsCasing.ExceptionName(e.ErrorType)}",
                $"{e.Message} (Service: {errorPrefix}, Status Code: {e.StatusCode})");
        }
    }
}
