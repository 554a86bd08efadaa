namespace Shop.Rehearsal.CloudWatch;

/// <summary>The value that an alarm has, and since when.</summary>
public sealed record AlarmState(AlarmValue Value, string Reason, DateTimeOffset Since)
{
    /// <summary>The value by the service's name.</summary>
    public string Name => Value switch
    {
        AlarmValue.Ok => "OK",
        AlarmValue.Alarm => "ALARM",
        _ => "INSUFFICIENT_DATA",
    };
}
