namespace Shop.Rehearsal.CloudWatch;

/// <summary>A canary: its name, what it looks at (told, not used), how often it walks and how long it waits.</summary>
public sealed record CanaryOptions(string Name, string Target, TimeSpan Interval, TimeSpan Timeout);
