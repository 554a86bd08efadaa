using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Sns;

namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary><c>sns:publish</c> and <c>sns:publish.waitForTaskToken</c>. A Message that is JSON is sent as its text.</summary>
public sealed class SnsIntegration(SnsService sns) : ITaskIntegration
{
    public Task<JsonElement> CallAsync(TaskResource resource, TaskInvocation task, CancellationToken cancellationToken)
    {
        if (resource is not { Action: "publish", Pattern: "" or "waitForTaskToken" })
        {
            throw TaskIntegrations.Unknown(task.Resource);
        }

        var topic = TaskParameters.Required(task, "TopicArn");
        var body = TaskParameters.Text(task.Input, "Message") ?? throw TaskParameters.Invalid(task, "the required field 'Message' is missing");
        try
        {
            var message = sns.Publish(topic, TaskParameters.Optional(task, "Subject"), body);
            return Task.FromResult(new JsonObject { ["MessageId"] = message.Id }.ToElement());
        }
        catch (AwsServiceException e)
        {
            throw new TaskFailureException($"SNS.{AwsCasing.ExceptionName(e.ErrorType)}", e.Message);
        }
    }
}
