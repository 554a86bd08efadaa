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
            checks.Add(new("routing", "unknown", "The routing controls could not be read."));
            return (false, quiet);
        }

        checks.Add(new("routing", "ok", answer.Converged ? "Traffic goes to this Region only." : "Traffic also goes to the other Region."));
        return (answer.Converged, answer.States is { Count: > 0 } states ? states : quiet);
    }
}
