namespace Shop.Rehearsal.CloudWatch;

/// <summary>An alarm and how it stands.</summary>
public sealed record AlarmStatus(IAlarm Alarm, string Arn, AlarmState State);
