namespace Shop.Failover.Preflight;

/// <summary>A run in the other Region pulls the store there. Of two, the one that began first goes on.</summary>
/// <remarks>The lock is replicated with a delay, so the state machine looks again before it promotes, by the same rule.</remarks>
internal static class RivalCheck
{
    /// <summary>TimeoutSeconds of <c>regional-failover</c>, and five minutes for clocks that differ: an older lock has nobody behind it.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(125);

    public static void Add(PreflightRequest request, List<PreflightCheck> checks)
    {
        if (Facts.Attribute(request.Facts.Rival, "runState") != "RUNNING" || Facts.Time(Facts.Attribute(request.Facts.Rival, "startedAt")) is not { } began)
        {
            return;
        }

        if (request.At - began > LongestRun)
        {
            checks.Add(new("rival", "ok", $"A run of the other Region, begun at {began:yyyy-MM-dd HH:mm:ss}Z, has run out of time without letting go of its lock."));
            return;
        }

        var who = $"{Facts.Attribute(request.Facts.Rival, "executionArn")}, begun at {began:yyyy-MM-dd HH:mm:ss}Z, moves the store the other way";
        var isAhead = began < request.StartedAt
            || (began == request.StartedAt && string.CompareOrdinal(Facts.Attribute(request.Facts.Rival, "region"), request.Region) < 0);
        checks.Add(isAhead
            ? new("rival", "blocker", $"{who}. If that Region is lost, force passes.", CanForce: true)
            : new("rival", "warning", $"{who}, and began later: it will give way."));
    }
}
