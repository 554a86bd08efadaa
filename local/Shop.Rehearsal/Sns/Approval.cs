using System.Text.Json;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.Sns;

/// <summary>A question that an execution waits for: a message whose body is an object with a <c>taskToken</c>.</summary>
public sealed record Approval(SnsMessage Message, JsonElement Details, string TaskToken)
{
    public static Approval? TryRead(SnsMessage message)
    {
        try
        {
            var body = JsonConversions.Parse(message.Body);
            return body.ValueKind == JsonValueKind.Object
                && body.TryGetProperty("taskToken", out var token)
                && token.ValueKind == JsonValueKind.String
                ? new(message, body, token.GetString()!)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
