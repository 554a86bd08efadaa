namespace Shop.Rehearsal.CloudWatch;

/// <summary>How one run of a journey went.</summary>
public sealed record CanaryResult(bool Succeeded, string Detail, TimeSpan Duration, DateTimeOffset Time);
