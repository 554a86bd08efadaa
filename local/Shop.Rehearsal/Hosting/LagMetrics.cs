using Shop.Rehearsal.CloudWatch;

namespace Shop.Rehearsal.Hosting;

/// <summary>Puts each secondary's replication lag where Aurora puts it: in the secondary's Region, as <c>AuroraGlobalDBRPOLag</c>, milliseconds.</summary>
internal sealed class LagMetrics(HostParts parts)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var (region, clusterId, lag) in parts.Databases.Lags())
            {
                // With its source, as in AWS: a metric is known by all of its dimensions, and who asks by fewer gets nothing.
                parts.Regions.Single(r => r.Name == region).CloudWatch
                    .Put(new MetricId("AWS/RDS", "AuroraGlobalDBRPOLag", ("DBClusterIdentifier", clusterId), ("SourceRegion", parts.Regions.Single(r => r.Name != region).Name)), lag.TotalMilliseconds);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
