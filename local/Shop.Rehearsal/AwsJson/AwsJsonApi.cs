using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Shop.Rehearsal.AwsJson;

/// <summary>An API in AWS's JSON 1.0/1.1 protocol: <c>POST /</c> with <c>X-Amz-Target: Prefix.Operation</c>.</summary>
public sealed class AwsJsonApi(
    string targetPrefix, string version, IReadOnlyDictionary<string, AwsOperation> operations, ILogger? logger = null)
{
    private readonly ILogger _logger = logger ?? NullLogger.Instance;

    public string TargetPrefix { get; } = targetPrefix;

    public async Task HandleAsync(HttpContext context, string operation)
    {
        JsonObject body;
        try
        {
            if (!operations.TryGetValue(operation, out var run))
            {
                throw new AwsServiceException("UnknownOperationException", $"{TargetPrefix} has no operation '{operation}' here.");
            }

            using var document = await ReadAsync(context);
            body = await run(document.RootElement, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status200OK;
        }
        catch (AwsServiceException e)
        {
            body = e.Members;
            body["__type"] = e.ErrorType;
            body["message"] = e.Message;
            context.Response.StatusCode = e.StatusCode;
            context.Response.Headers["x-amzn-ErrorType"] = e.ErrorType;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            _logger.LogError(e, "{Service}.{Operation} failed", TargetPrefix, operation);
            body = new JsonObject { ["__type"] = "InternalServerException", ["message"] = "The service failed; see the host's log." };
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            context.Response.Headers["x-amzn-ErrorType"] = "InternalServerException";
        }

        context.Response.ContentType = $"application/x-amz-json-{version}";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    private static async Task<JsonDocument> ReadAsync(HttpContext context)
    {
        try
        {
            if (context.Request.ContentLength == 0)
            {
                return JsonDocument.Parse("{}");
            }

            var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new AwsServiceException("SerializationException", "The request must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw new AwsServiceException("SerializationException", $"The request is not JSON: {e.Message}");
        }
    }
}
