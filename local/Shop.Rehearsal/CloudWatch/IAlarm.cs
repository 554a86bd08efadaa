using System.Text.Json.Nodes;

namespace Shop.Rehearsal.CloudWatch;

/// <summary>The definition of an alarm, metric or composite.</summary>
public interface IAlarm
{
    string Name { get; }

    string Description { get; }

    /// <summary>The value it should have now, with the reason; null leaves it as it is.</summary>
    (AlarmValue Value, string Reason)? Evaluate(AlarmContext context);

    /// <summary><c>configuration</c> of the state change event.</summary>
    JsonObject Configuration();
}
