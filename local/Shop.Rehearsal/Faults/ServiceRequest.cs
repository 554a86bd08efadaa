using System.Text;

namespace Shop.Rehearsal.Faults;

/// <summary>Which service and action a request to a played AWS address is for.</summary>
internal static class ServiceRequest
{
    private static readonly string[] Questions = ["Get", "Describe", "List", "Query", "Scan", "BatchGet", "Head"];

    public static async Task<(string? Service, string Action)> ReadAsync(HttpRequest request)
    {
        var target = request.Headers["X-Amz-Target"].ToString().Split('.', 2);
        if (target.Length == 2)
        {
            return (ServiceOf(target[0]), target[1]);
        }

        if (request.Path.StartsWithSegments("/2015-03-31/functions"))
        {
            return ("lambda", "Invoke");
        }

        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) == true)
        {
            var action = (await TextAsync(request)).Split('&').FirstOrDefault(p => p.StartsWith("Action=", StringComparison.Ordinal))?["Action=".Length..];
            return ("rds", action ?? "");
        }

        return request.Headers.ContainsKey("x-amz-content-sha256") ? ("s3", request.Method) : (null, "");
    }

    public static bool IsQuestion(HttpRequest request, string action) =>
        HttpMethods.IsGet(request.Method) || Questions.Any(q => action.StartsWith(q, StringComparison.OrdinalIgnoreCase));

    /// <summary>The whole request as text; it can be read again afterwards.</summary>
    public static async Task<string> TextAsync(HttpRequest request)
    {
        request.EnableBuffering();
        request.Body.Position = 0;
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync();
        request.Body.Position = 0;
        return text.Length > 0 ? text : request.Path + request.QueryString.ToString();
    }

    private static string? ServiceOf(string prefix) => prefix switch
    {
        "DynamoDB_20120810" => "dynamodb",
        "secretsmanager" => "secretsmanager",
        "AWSStepFunctions" => "states",
        "AWSEvents" => "events",
        _ when prefix.StartsWith("GraniteService", StringComparison.Ordinal) => "monitoring",
        _ => null,
    };
}
