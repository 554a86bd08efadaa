namespace Shop.Rehearsal.CloudWatch;

/// <summary>One or more values that were put together: a statistic set.</summary>
public readonly record struct MetricPoint(DateTimeOffset Time, double Count, double Sum, double Minimum, double Maximum, double Last)
{
    public static MetricPoint Of(DateTimeOffset time, double value) => new(time, 1, value, value, value, value);

    public MetricPoint Add(MetricPoint later) => new(
        Time, Count + later.Count, Sum + later.Sum, Math.Min(Minimum, later.Minimum), Math.Max(Maximum, later.Maximum), later.Last);

    /// <param name="statistic">CloudWatch's five, and <c>Last</c> for gauges in the control room.</param>
    public double Get(string statistic) => statistic switch
    {
        "Sum" => Sum,
        "Average" => Sum / Count,
        "Minimum" => Minimum,
        "Maximum" => Maximum,
        "SampleCount" => Count,
        "Last" => Last,
        _ => throw new ArgumentException($"Unknown statistic '{statistic}'.", nameof(statistic)),
    };

    public static bool IsStatistic(string name) => name is "Sum" or "Average" or "Minimum" or "Maximum" or "SampleCount" or "Last";
}
