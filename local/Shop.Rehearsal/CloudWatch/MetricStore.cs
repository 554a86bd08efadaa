using System.Collections.Concurrent;

namespace Shop.Rehearsal.CloudWatch;

/// <summary>The metrics of one Region, the newest points of each.</summary>
public sealed class MetricStore
{
    private const int MostPoints = 20_000;
    private readonly ConcurrentDictionary<MetricId, List<MetricPoint>> _metrics = new();

    public IReadOnlyCollection<MetricId> Metrics => [.. _metrics.Keys];

    public void Put(MetricId metric, MetricPoint point)
    {
        var points = _metrics.GetOrAdd(metric, _ => []);
        lock (points)
        {
            // Nearly always the end; a late point goes where it belongs.
            var index = points.Count;
            while (index > 0 && points[index - 1].Time > point.Time)
            {
                index--;
            }

            points.Insert(index, point);
            if (points.Count > MostPoints)
            {
                points.RemoveRange(0, MostPoints / 10);
            }
        }
    }

    public MetricPoint? Newest(MetricId metric)
    {
        if (!_metrics.TryGetValue(metric, out var points))
        {
            return null;
        }

        lock (points)
        {
            return points[^1];
        }
    }

    /// <summary>The periods in [from, to) that have data, oldest first. Periods begin at multiples of their length, as in CloudWatch.</summary>
    public IReadOnlyList<MetricPoint> Read(MetricId metric, TimeSpan period, DateTimeOffset from, DateTimeOffset to)
    {
        if (!_metrics.TryGetValue(metric, out var points))
        {
            return [];
        }

        var begin = Floor(from, period);
        var periods = new List<MetricPoint>();
        lock (points)
        {
            foreach (var point in points.SkipWhile(point => point.Time < begin).TakeWhile(point => point.Time < to))
            {
                var start = Floor(point.Time, period);
                if (periods.Count > 0 && periods[^1].Time == start)
                {
                    periods[^1] = periods[^1].Add(point);
                }
                else
                {
                    periods.Add(point with { Time = start });
                }
            }
        }

        return periods;
    }

    public static DateTimeOffset Floor(DateTimeOffset time, TimeSpan period) => new(time.UtcTicks - (time.UtcTicks % period.Ticks), TimeSpan.Zero);
}
