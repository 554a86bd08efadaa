using Shop.Lambda.Metrics;

namespace Shop.Failover.Records;

internal static class RunMetrics
{
    /// <summary>Counts what the run is judged by: <c>RtoSeconds</c>, <c>OutageSeconds</c>, and <c>RpoSeconds</c> of the database that lost most: not at all while one's loss is unknown.</summary>
    public static RunSummary Publish(this RunSummary summary, FunctionMetrics? metrics)
    {
        Add(metrics, "RtoSeconds", summary.RtoSeconds);
        Add(metrics, "OutageSeconds", summary.OutageSeconds);
        Add(metrics, "RpoSeconds", summary.Rpo.Any(p => p.Seconds is null) ? null : summary.Rpo.Max(p => p.Seconds));
        return summary;
    }

    private static void Add(FunctionMetrics? metrics, string name, double? seconds)
    {
        if (seconds is { } value)
        {
            metrics?.Add(name, value, MetricUnit.Seconds);
        }
    }
}
