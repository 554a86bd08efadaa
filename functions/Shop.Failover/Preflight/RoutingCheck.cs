using System.Text.Json;
using Shop.Failover.Routing;

namespace Shop.Failover.Preflight;

/// <summary>Where shoppers go now.</summary>
internal static class RoutingCheck
{
    public static (bool IsOnlyHere, IReadOnlyList<RoutingEntry> Former) Add(PreflightRequest request, List<PreflightCheck> checks)
    {
        var quiet = request.BothOn ?? [];
        if (request.Facts.Routing is not { ValueKind: JsonValueKind.Object } fact || !fact.TryGetProperty("routing", out var json)
            || json.Deserialize(FailoverJson.Default.GetRoutingAnswer) is not { } answer)
        {
            // Five endpoints in five Regions: who reaches none of them is more likely cut off than right about the other Region.
            checks.Add(new("routing", "blocker", "None of the five endpoints told the state of the routing controls, so traffic could not be moved.", CanForce: true));
            return (false, quiet);
        }

        checks.Add(new("routing", "ok", answer.Converged ? "Traffic goes to this Region only." : "Traffic also goes to the other Region."));
        return (answer.Converged, answer.States is { Count: > 0 } states ? states : quiet);
    }
}
