using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary><c>s3:getObject</c> as an ItemReader calls it: the object's text, from the Region's S3.</summary>
public sealed class S3ObjectIntegration(HttpClient http, Uri s3) : ITaskIntegration
{
    public async Task<JsonElement> CallAsync(TaskResource resource, TaskInvocation task, CancellationToken cancellationToken)
    {
        if (resource is not { Action: "getObject", Pattern: "" })
        {
            throw TaskIntegrations.Unknown(task.Resource);
        }

        var (bucket, key) = (TaskParameters.Required(task, "Bucket"), TaskParameters.Required(task, "Key"));
        var path = string.Join('/', key.Split('/').Select(Uri.EscapeDataString));
        using var response = await http.GetAsync(new Uri(s3, $"/{bucket}/{path}"), cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => new JsonObject { ["Body"] = await response.Content.ReadAsStringAsync(cancellationToken) }.ToElement(),
            HttpStatusCode.NotFound => throw new TaskFailureException("S3.NoSuchKeyException", $"There is no object '{key}' in bucket '{bucket}'."),
            var other => throw new TaskFailureException("S3.S3Exception", $"S3 answered {(int)other}."),
        };
    }
}
