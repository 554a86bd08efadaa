using System.Text.Json;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.EventBridge;

/// <summary>Where a rule sends matched events, and what becomes of them when that fails.</summary>
public sealed record EventTarget(string Arn)
{
    /// <summary>Constant input; otherwise the transformed event, otherwise the event itself.</summary>
    public string? Input { get; init; }

    public InputTransformer? Transformer { get; init; }

    public TimeSpan MaximumEventAge { get; init; } = TimeSpan.FromDays(1);

    public int MaximumRetryAttempts { get; init; } = 185;

    public string? DeadLetterArn { get; init; }

    public static EventTarget Parse(JsonElement json)
    {
        var target = new EventTarget(json.RequiredString("Arn"))
        {
            Input = json.OptionalString("Input"),
            Transformer = json.TryGetProperty("InputTransformer", out var transformer) ? InputTransformer.Parse(transformer) : null,
            DeadLetterArn = json.OptionalString("DeadLetterArn"),
        };
        return json.TryGetProperty("RetryPolicy", out var retry) ? target with
        {
            MaximumEventAge = TimeSpan.FromSeconds(
                InRange(retry.OptionalInt("MaximumEventAgeInSeconds") ?? 86_400, 60, 86_400, "MaximumEventAgeInSeconds")),
            MaximumRetryAttempts = InRange(retry.OptionalInt("MaximumRetryAttempts") ?? 185, 0, 185, "MaximumRetryAttempts"),
        } : target;
    }

    private static int InRange(int value, int least, int most, string name) => value >= least && value <= most
        ? value
        : throw new FormatException($"RetryPolicy: {name} must be between {least} and {most}, not {value}.");
}
