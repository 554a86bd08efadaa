namespace Shop.Rehearsal.CloudWatch;

public sealed record AlarmChange(string Region, string AlarmName, AlarmState Previous, AlarmState Current);
