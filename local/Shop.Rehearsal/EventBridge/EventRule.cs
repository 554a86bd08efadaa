using System.Text.Json;
using System.Text.RegularExpressions;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.EventBridge;

/// <summary>Events that match the pattern go to the target; a rule without one goes off by the clock.</summary>
public sealed partial record EventRule(string Name, EventPattern? Pattern, EventTarget Target)
{
    /// <summary>How often a scheduled rule goes off.</summary>
    public TimeSpan? Rate { get; init; }

    public bool IsEnabled { get; init; } = true;

    /// <summary>Reads <c>statemachines/rules/*.json</c>, after substitution: Name, EventPattern or ScheduleExpression, Target, and State if it is DISABLED.</summary>
    /// <exception cref="FormatException">What is wrong with it.</exception>
    public static EventRule Parse(string json)
    {
        var rule = JsonConversions.Parse(json);
        try
        {
            var schedule = rule.OptionalString("ScheduleExpression");
            var pattern = schedule is null ? EventPattern.Parse(rule.GetProperty("EventPattern")) : null;
            return new(rule.RequiredString("Name"), pattern, EventTarget.Parse(rule.GetProperty(nameof(Target))))
            {
                Rate = schedule is null ? null : ParseRate(schedule),
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

    /// <summary><c>rate(1 minute)</c>, <c>rate(15 minutes)</c>, … as EventBridge writes them. Cron expressions are not played.</summary>
    private static TimeSpan ParseRate(string expression)
    {
        var match = RateExpression().Match(expression);
        if (!match.Success || !int.TryParse(match.Groups[1].Value, out var number) || number < 1 || (number == 1) == match.Groups[3].Success)
        {
            throw new FormatException($"ScheduleExpression is '{expression}'; expected rate(1 minute), rate(15 minutes), rate(1 hour), ….");
        }

        return match.Groups[2].Value switch
        {
            "minute" => TimeSpan.FromMinutes(number),
            "hour" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
    }

    [GeneratedRegex(@"^rate\(([0-9]{1,6}) (minute|hour|day)(s)?\)$")]
    private static partial Regex RateExpression();
}
