namespace Shop.Rehearsal.CloudWatch;

/// <summary>What an alarm is evaluated with.</summary>
/// <param name="Since">When the alarm began to watch: silence before that is no sign.</param>
/// <param name="StateOf">Of another alarm of the Region.</param>
public sealed record AlarmContext(
    MetricStore Metrics, DateTimeOffset Now, DateTimeOffset Since, AlarmValue Current, Func<string, AlarmValue> StateOf);
