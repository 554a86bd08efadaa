using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Amazon.CDK.AWS.Events;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>An EventBridge rule from <c>statemachines/rules/</c>: the file that the local Regions play, too.</summary>
internal static class RuleFile
{
    public static CfnRule Create(Construct scope, string id, Deployment deployment, string name, bool isEnabled, string roleArn, IReadOnlyDictionary<string, string> values)
    {
        var text = File.ReadAllText(Path.Combine(deployment.Folder, "statemachines", "rules", $"{name}.json"));
        // Values stand inside JSON strings, in one of them inside a string that is JSON itself; none needs escaping.
        text = values.Aggregate(text, (t, v) => t.Replace($"${{{v.Key}}}", v.Value, System.StringComparison.Ordinal));
        using var document = JsonDocument.Parse(text);
        var rule = document.RootElement;
        var target = rule.GetProperty("Target");
        var retry = target.GetProperty("RetryPolicy");
        return new CfnRule(scope, id, new CfnRuleProps
        {
            Name = deployment.Name(rule.GetProperty("Name").GetString()!),
            Description = Shorten(rule.GetProperty("Comment").GetString()!),
            State = isEnabled ? "ENABLED" : "DISABLED",
            EventPattern = rule.TryGetProperty("EventPattern", out var pattern) ? ToObject(pattern) : null,
            ScheduleExpression = rule.TryGetProperty("ScheduleExpression", out var schedule) ? schedule.GetString() : null,
            Targets = new[]
            {
                new CfnRule.TargetProperty
                {
                    Id = "StateMachine",
                    Arn = target.GetProperty("Arn").GetString()!,
                    RoleArn = roleArn,
                    Input = target.TryGetProperty("Input", out var input) ? input.GetString() : null,
                    InputTransformer = target.TryGetProperty("InputTransformer", out var transformer) ? new CfnRule.InputTransformerProperty
                    {
                        InputPathsMap = transformer.GetProperty("InputPathsMap").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!),
                        InputTemplate = transformer.GetProperty("InputTemplate").GetString()!,
                    } : null,
                    RetryPolicy = new CfnRule.RetryPolicyProperty
                    {
                        MaximumEventAgeInSeconds = retry.GetProperty("MaximumEventAgeInSeconds").GetInt32(),
                        MaximumRetryAttempts = retry.GetProperty("MaximumRetryAttempts").GetInt32(),
                    },
                    DeadLetterConfig = new CfnRule.DeadLetterConfigProperty { Arn = target.GetProperty("DeadLetterArn").GetString()! },
                },
            },
        });
    }

    // EventBridge takes 512 characters.
    private static string Shorten(string comment) => comment.Length <= 500 ? comment : comment[..497] + "...";

    private static object ToObject(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(p => p.Name, p => ToObject(p.Value)),
        JsonValueKind.Array => value.EnumerateArray().Select(ToObject).ToArray(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble(),
        _ => value.GetString()!,
    };
}
