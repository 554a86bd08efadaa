using System.Text.Json;

namespace Shop.Failover.Preflight;

/// <summary>How much would be lost: the replication lag of each database that is to move, against the loss that is acceptable.</summary>
/// <remarks>
/// A switchover loses nothing and waits for the lag instead, so it is never blocked by it. After an alarm the newest lag says nothing: from a lost Region
/// nothing arrives, and the lag either falls silent or grows by a minute a minute, which is just what has set the alarm off. What counts then is the last
/// minute that was over when the other Region went: so far behind, the secondary was left.
/// </remarks>
internal static class LagCheck
{
    private static readonly TimeSpan OldestPoint = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <param name="request">What was read.</param>
    /// <param name="alarmTime">How long the other Region has been gone when an alarm starts a run; zero where nobody has said.</param>
    /// <param name="checks">Where the findings go.</param>
    public static void Add(PreflightRequest request, TimeSpan alarmTime, List<PreflightCheck> checks)
    {
        if (request.Facts.Lag.ValueKind == JsonValueKind.Undefined && request.MaxRpoSeconds is null)
        {
            return;
        }

        foreach (var database in request.Databases.Where(d => d is "catalog" or "orders").Distinct())
        {
            checks.Add(Check($"rpo.{database}", Telling(Points(request, database), request, alarmTime), request));
        }
    }

    private static PreflightCheck Check(string id, (TimeSpan Lag, DateTimeOffset At)? telling, PreflightRequest request)
    {
        var limit = request.Mode == "failover" && request.MaxRpoSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        if (telling is not { } point)
        {
            return limit is null
                ? new(id, "unknown", $"No replication lag has been measured in the last {OldestPoint.TotalMinutes} minutes.")
                : new(id, "blocker", $"No replication lag has been measured in the last {OldestPoint.TotalMinutes} minutes, so nobody knows whether it is within maxRpoSeconds.", CanForce: true);
        }

        var found = $"The secondary here was {Facts.Seconds(point.Lag)} behind at {point.At:yyyy-MM-dd HH:mm:ss}Z";
        return point.Lag > limit
            ? new(id, "blocker", $"{found}; maxRpoSeconds allows {Facts.Seconds(limit.Value)}.", CanForce: true)
            : new(id, "ok", found + ".");
    }

    private static (TimeSpan Lag, DateTimeOffset At)? Telling(List<(TimeSpan Lag, DateTimeOffset At)> newestFirst, PreflightRequest request, TimeSpan alarmTime)
    {
        if (request.Trigger != "operator" && alarmTime > TimeSpan.Zero)
        {
            foreach (var point in newestFirst.Where(p => p.At + Period <= request.StartedAt - alarmTime))
            {
                return point;
            }
        }

        return newestFirst is [var newest, ..] && request.At - newest.At <= OldestPoint ? newest : null;
    }

    private static List<(TimeSpan Lag, DateTimeOffset At)> Points(PreflightRequest request, string database)
    {
        if (request.Facts.Lag.ValueKind != JsonValueKind.Object || !request.Facts.Lag.TryGetProperty("series", out var all) || all.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        var series = all.EnumerateArray().FirstOrDefault(s => Facts.Text(s, "Id") == database);
        return series.ValueKind != JsonValueKind.Object
            ? []
            : [.. series.GetProperty("Values").EnumerateArray().Zip(series.GetProperty("Timestamps").EnumerateArray(), (value, at) => (Lag: TimeSpan.FromMilliseconds(value.GetDouble()), At: Facts.Time(at.GetString())))
                .Where(p => p.At is not null).Select(p => (p.Lag, p.At!.Value))];
    }
}
