using System.Text.Json;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.EventBridge;

/// <summary>Events that match the pattern go to the target.</summary>
public sealed record EventRule(string Name, EventPattern Pattern, EventTarget Target)
{
    public bool IsEnabled { get; init; } = true;

    /// <summary>Reads <c>statemachines/rules/*.json</c>, after substitution: Name, EventPattern, Target, and State if it is DISABLED.</summary>
    /// <exception cref="FormatException">What is wrong with it.</exception>
    public static EventRule Parse(string json)
    {
        var rule = JsonConversions.Parse(json);
        try
        {
            var pattern = EventPattern.Parse(rule.GetProperty("EventPattern"));
            return new(rule.RequiredString("Name"), pattern, EventTarget.Parse(rule.GetProperty(nameof(Target))))
            {
                IsEnabled = rule.OptionalString("State") switch
                {
                    null or "ENABLED" => true,
                    "DISABLED" => false,
                    var other => throw new FormatException($"State must be ENABLED or DISABLED, not '{other}'."),
                },
            };
        }
        catch (Exception e) when (e is AwsServiceException or KeyNotFoundException)
        {
            throw new FormatException($"The rule is not complete: {e.Message}", e);
        }
    }
}
