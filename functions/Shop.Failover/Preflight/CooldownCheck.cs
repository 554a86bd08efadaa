namespace Shop.Failover.Preflight;

/// <summary>After a move only a person may start the next one for a while: alarms that send the store to and fro do more harm than the outage.</summary>
internal static class CooldownCheck
{
    public static void Add(PreflightRequest request, List<PreflightCheck> checks)
    {
        if (Facts.Time(Facts.Attribute(request.Facts.LastMove, "at")) is not { } moved)
        {
            return;
        }

        var region = Facts.Attribute(request.Facts.LastMove, "region");
        var ago = request.At - moved;
        var isCooling = ago < TimeSpan.FromMinutes(request.CooldownMinutes);
        var detail = $"The store moved to {region} {ago.TotalMinutes:0} minutes ago.";
        checks.Add(!isCooling ? new("cooldown", "ok", detail)
            : request.Trigger == "operator" ? new("cooldown", "warning", detail)
            : new("cooldown", "blocker", $"{detail} For {request.CooldownMinutes} minutes after a move only an operator starts the next one.", CanForce: true));
    }
}
