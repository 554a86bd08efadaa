using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary><c>dynamodb:*</c> (error names <c>DynamoDB.*</c>) and <c>aws-sdk:dynamodb:*</c> (<c>DynamoDb.*</c>): calls to the Region's endpoint.</summary>
public sealed class DynamoDbIntegration(HttpClient http, Uri endpoint, string region, TimeProvider time) : ITaskIntegration
{
    private static readonly HashSet<string> Optimised = new(StringComparer.Ordinal) { "getItem", "putItem", "updateItem", "deleteItem" };

    public async Task<JsonElement> CallAsync(TaskResource resource, TaskInvocation task, CancellationToken cancellationToken)
    {
        var sdk = resource.Service.StartsWith("aws-sdk:", StringComparison.Ordinal);
        if (resource.Pattern.Length > 0 || (!sdk && !Optimised.Contains(resource.Action)))
        {
            throw TaskIntegrations.Unknown(task.Resource);
        }

        var prefix = sdk ? "DynamoDb" : "DynamoDB";
        using var request = Request(AwsCasing.Pascal(resource.Action), task.Input);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode ? JsonConversions.Parse(body) : throw Failure(prefix, (int)response.StatusCode, body);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw new TaskFailureException($"{prefix}.SdkClientException", $"Unable to execute HTTP request: {e.Message}");
        }
    }

    private HttpRequestMessage Request(string operation, JsonElement input)
    {
        var now = time.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(input.GetRawText())),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        request.Headers.Add("X-Amz-Date", now.ToString("yyyyMMdd'T'HHmmss'Z'"));
        // The local server wants to see a signature and doesn't verify it.
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=states/{now:yyyyMMdd}/{region}/dynamodb/aws4_request, " +
            $"SignedHeaders=host;x-amz-date;x-amz-target, Signature={new string('0', 64)}");
        return request;
    }

    private static TaskFailureException Failure(string prefix, int status, byte[] body)
    {
        var error = JsonConversions.Parse(body);
        var type = error.OptionalString("__type") ?? "InternalServerErrorException";
        var name = type[(type.LastIndexOf('#') + 1)..];
        var message = error.OptionalString("message") ?? error.OptionalString("Message") ?? "";
        return new($"{prefix}.{AwsCasing.ExceptionName(name)}",
            $"{message} (Service: AmazonDynamoDBv2; Status Code: {status}; Error Code: {name})");
    }
}
