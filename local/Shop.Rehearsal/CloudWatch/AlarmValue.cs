namespace Shop.Rehearsal.CloudWatch;

public enum AlarmValue
{
    InsufficientData,
    Ok,
    Alarm,
}
