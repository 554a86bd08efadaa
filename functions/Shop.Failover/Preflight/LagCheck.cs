using System.Text.Json;

namespace Shop.Failover.Preflight;

/// <summary>How much would be lost: the replication lag of each database that is to move, against the loss that is acceptable.</summary>
/// <remarks>A switchover loses nothing and waits for the lag instead, so it is never blocked by it.</remarks>
internal static class LagCheck
{
    private static readonly TimeSpan OldestPoint = TimeSpan.FromMinutes(5);

    public static void Add(PreflightRequest request, List<PreflightCheck> checks)
    {
        if (request.Facts.Lag.ValueKind == JsonValueKind.Undefined && request.MaxRpoSeconds is null)
        {
            return;
        }

        foreach (var database in request.Databases.Where(d => d is "catalog" or "orders").Distinct())
        {
            checks.Add(Check($"rpo.{database}", Newest(request, database), request));
        }
    }

    private static PreflightCheck Check(string id, (TimeSpan Lag, DateTimeOffset At)? newest, PreflightRequest request)
    {
        var limit = request.Mode == "failover" && request.MaxRpoSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        if (newest is not { } point)
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

    private static (TimeSpan Lag, DateTimeOffset At)? Newest(PreflightRequest request, string database)
    {
        if (request.Facts.Lag.ValueKind != JsonValueKind.Object || !request.Facts.Lag.TryGetProperty("series", out var all) || all.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var series = all.EnumerateArray().FirstOrDefault(s => Facts.Text(s, "Id") == database);
        if (series.ValueKind != JsonValueKind.Object || series.GetProperty("Values").GetArrayLength() == 0)
        {
            return null;
        }

        var at = Facts.Time(series.GetProperty("Timestamps")[0].GetString());
        return at is { } time && request.At - time <= OldestPoint
            ? (TimeSpan.FromMilliseconds(series.GetProperty("Values")[0].GetDouble()), time)
            : null;
    }
}
