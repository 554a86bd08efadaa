using System.Text.Json.Nodes;

namespace Shop.Rehearsal.CloudWatch;

/// <summary>Alarms when its rule over other alarms of the Region is met.</summary>
/// <remarks>It begins to watch when each of them has a state; otherwise the start of a Region would look like a change of its health.</remarks>
public sealed record CompositeAlarm(string Name, AlarmRule Rule) : IAlarm
{
    public string Description { get; init; } = "";

    /// <summary>An alarm that keeps this one from acting while it is in ALARM: maintenance, drills.</summary>
    public string? ActionsSuppressor { get; init; }

    public (AlarmValue Value, string Reason)? Evaluate(AlarmContext context)
    {
        if (context.Current == AlarmValue.InsufficientData
            && Rule.Alarms.Any(alarm => context.StateOf(alarm) == AlarmValue.InsufficientData))
        {
            return null;
        }

        var states = string.Join(", ", Rule.Alarms.Order(StringComparer.Ordinal)
            .Select(alarm => $"{alarm} is {new AlarmState(context.StateOf(alarm), "", default).Name}"));
        return Rule.IsMet(context.StateOf)
            ? (AlarmValue.Alarm, $"{Rule.Text} is true: {states}.")
            : (AlarmValue.Ok, $"{Rule.Text} is false: {states}.");
    }

    public JsonObject Configuration()
    {
        var configuration = new JsonObject { ["description"] = Description, ["alarmRule"] = Rule.Text };
        if (ActionsSuppressor is not null)
        {
            configuration["actionsSuppressor"] = ActionsSuppressor;
        }

        return configuration;
    }
}
