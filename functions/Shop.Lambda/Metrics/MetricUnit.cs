namespace Shop.Lambda.Metrics;

/// <summary>The units of CloudWatch that the store uses.</summary>
public enum MetricUnit
{
    None,
    Count,
    Milliseconds,
    Seconds,
    Bytes,
    BytesPerSecond,
}
