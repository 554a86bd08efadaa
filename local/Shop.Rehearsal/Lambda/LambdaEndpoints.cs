using System.Text.Json;

namespace Shop.Rehearsal.Lambda;

/// <summary>The part of Lambda's REST API that invokes functions.</summary>
public static class LambdaEndpoints
{
    private const string Prefix = "/2015-03-31/functions/";
    private const string Suffix = "/invocations";

    public static void MapLambda(this IEndpointRouteBuilder endpoints, LambdaService lambda) =>
        endpoints.MapPost($"{Prefix}{{name}}{Suffix}", context => InvokeAsync(context, lambda, (string)context.Request.RouteValues["name"]!));

    /// <summary>The path of a request that invokes a function, by its name or ARN.</summary>
    public static string PathOf(string function) => $"{Prefix}{Uri.EscapeDataString(function)}{Suffix}";

    /// <summary>Answers false, and does nothing, when the request is for another service: all of a Region share an address.</summary>
    public static async Task<bool> TryInvokeAsync(HttpContext context, LambdaService lambda)
    {
        var path = context.Request.Path.Value ?? "";
        if (!HttpMethods.IsPost(context.Request.Method) || !path.StartsWith(Prefix, StringComparison.Ordinal) || !path.EndsWith(Suffix, StringComparison.Ordinal)
            || path.Length <= Prefix.Length + Suffix.Length)
        {
            return false;
        }

        await InvokeAsync(context, lambda, path[Prefix.Length..^Suffix.Length]);
        return true;
    }

    private static async Task InvokeAsync(HttpContext context, LambdaService lambda, string escaped)
    {
        var name = Uri.UnescapeDataString(escaped);
        using var payload = new MemoryStream();
        await context.Request.Body.CopyToAsync(payload, context.RequestAborted);
        var trace = context.Request.Headers["X-Amzn-Trace-Id"].ToString() is { Length: > 0 } sent ? sent : null;
        try
        {
            switch (context.Request.Headers["X-Amz-Invocation-Type"].ToString())
            {
                case "" or "RequestResponse":
                    await AnswerAsync(context, await lambda.InvokeAsync(name, payload.ToArray(), trace, context.RequestAborted));
                    break;
                case "Event":
                    lambda.InvokeLater(name, payload.ToArray(), trace);
                    context.Response.StatusCode = StatusCodes.Status202Accepted;
                    break;
                case "DryRun":
                    _ = lambda.WorkersOf(name);
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                    break;
                case var other:
                    throw new LambdaServiceException("InvalidParameterValueException", 400, $"The invocation type '{other}' is not known.");
            }
        }
        catch (LambdaServiceException e)
        {
            context.Response.StatusCode = e.Status;
            context.Response.Headers["X-Amzn-ErrorType"] = e.ErrorType;
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(
                JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["Type"] = "User", ["Message"] = e.Message }),
                context.RequestAborted);
        }
    }

    private static async Task AnswerAsync(HttpContext context, InvokeResult result)
    {
        if (result.FunctionError is { } error)
        {
            context.Response.Headers["X-Amz-Function-Error"] = error;
        }

        context.Response.Headers["X-Amz-Executed-Version"] = result.ExecutedVersion;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = result.Payload.Length;
        await context.Response.Body.WriteAsync(result.Payload, context.RequestAborted);
    }
}
