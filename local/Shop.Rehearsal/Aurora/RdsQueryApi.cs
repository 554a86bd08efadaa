using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Shop.Rehearsal.Aurora;

/// <summary>RDS as SDKs call it: a form in, XML out. The same actions as <see cref="RdsIntegration"/>, in another spelling.</summary>
public sealed class RdsQueryApi(AuroraFleet fleet)
{
    private static readonly HashSet<string> Envelope = new(StringComparer.Ordinal) { "Action", "Version" };
    private readonly RdsIntegration _rds = new(fleet);

    /// <summary>Whether a request is one for RDS: all services of a Region may share a port.</summary>
    public static bool Accepts(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.HasFormContentType && !request.Headers.ContainsKey("X-Amz-Target");

    public async Task HandleAsync(HttpContext context, string region)
    {
        if (!fleet.Topology.IsOn(region))
        {
            context.Abort();
            return;
        }

        var requestId = Guid.CreateVersion7().ToString();
        context.Response.ContentType = "text/xml";
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            var action = form["Action"].ToString() is { Length: > 0 } name ? name : throw new RdsFault("InvalidAction", "The request names no Action.");
            var answer = await _rds.CallAsync(region, QueryCasing.Action(action), QueryCasing.Parameters(form.Where(field => !Envelope.Contains(field.Key))), context.RequestAborted);
            await context.Response.WriteAsync(QueryXml.Answer(action, JsonObject.Create(answer)!, requestId), context.RequestAborted);
        }
        catch (RdsFault fault)
        {
            context.Response.StatusCode = fault.HttpStatus;
            await context.Response.WriteAsync(QueryXml.Error(fault, requestId), context.RequestAborted);
        }
    }
}
