namespace Shop.Rehearsal.StepFunctions;

/// <summary>A service integration's ARN, taken apart: <c>arn:aws:states:::[aws-sdk:]service:action[.pattern]</c>.</summary>
/// <param name="Service">With the <c>aws-sdk:</c> prefix, if there is one.</param>
/// <param name="Pattern">Empty, <c>sync</c>, <c>sync:2</c> or <c>waitForTaskToken</c>.</param>
public sealed record TaskResource(string Service, string Action, string Pattern)
{
    private const string Prefix = "arn:aws:states:::";

    public static TaskResource? TryParse(string resource)
    {
        if (!resource.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = resource[Prefix.Length..];
        var sdk = rest.StartsWith("aws-sdk:", StringComparison.Ordinal) ? "aws-sdk:" : "";
        if (rest[sdk.Length..].Split(':', 2) is not [var service, var call] || service.Length == 0 || call.Length == 0)
        {
            return null;
        }

        var dot = call.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? new(sdk + service, call, "") : new(sdk + service, call[..dot], call[(dot + 1)..]);
    }
}
