namespace Shop.Lambda.Metrics;

internal static class MetricUnitNames
{
    public static string Name(this MetricUnit unit) => unit switch
    {
        MetricUnit.BytesPerSecond => "Bytes/Second",
        MetricUnit.None or MetricUnit.Count or MetricUnit.Milliseconds or MetricUnit.Seconds or MetricUnit.Bytes => unit.ToString(),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Expected a unit of CloudWatch."),
    };
}
