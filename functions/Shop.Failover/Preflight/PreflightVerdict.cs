using System.Text.Json;

namespace Shop.Failover.Preflight;

/// <summary>Decides from what was read whether to go. Pure: no clock, no calls.</summary>
/// <remarks>
/// <list type="table">
/// <item>an unknown database, a cluster without a member here, an operation towards another Region: blocker, <c>noGo</c></item>
/// <item>a description that could not be read: blocker for a switchover (it needs a healthy primary), a warning for a failover</item>
/// <item>a member that is not connected: blocker for a switchover, a warning for a failover</item>
/// <item>every database written here and traffic only here: <c>alreadyActive</c></item>
/// <item>anything else: <c>go</c></item>
/// </list>
/// </remarks>
public static class PreflightVerdict
{
    private static readonly TimeSpan LagWindow = TimeSpan.FromMinutes(10);

    public static PreflightAnswer Evaluate(PreflightRequest request)
    {
        var checks = new List<PreflightCheck>();
        var written = request.Databases.Select(d => CheckDatabase(request, d, checks)).ToList();
        if (request.Databases.Distinct().Count() != request.Databases.Count)
        {
            checks.Add(new("databases", "blocker", "A database is named twice; two promotions of one cluster would race."));
        }

        var routed = CheckRouting(request.Facts.Routing, checks);
        var verdict = checks.Any(c => c.Status == "blocker") ? "noGo"
            : written.Count > 0 && written.All(w => w) && routed ? "alreadyActive"
            : "go";
        return new PreflightAnswer(verdict, checks, request.At > DateTimeOffset.MinValue ? request.At - LagWindow : default);
    }

    private static bool CheckDatabase(PreflightRequest request, string database, List<PreflightCheck> checks)
    {
        var id = $"cluster.{database}";
        var isPlanned = request.Mode == "switchover";
        if (database is not ("catalog" or "orders"))
        {
            checks.Add(new(id, "blocker", $"There is no database '{database}' in this deployment."));
            return false;
        }

        if (request.Facts.Of(database) is not { ValueKind: JsonValueKind.Object } fact || !fact.TryGetProperty("globalCluster", out var cluster))
        {
            checks.Add(new(id, isPlanned ? "blocker" : "unknown", "The global cluster could not be described."));
            return false;
        }

        var members = cluster.GetProperty("GlobalClusterMembers").EnumerateArray().ToList();
        var here = members.FirstOrDefault(m => RegionOf(m.GetProperty("DbClusterArn").GetString()) == request.Region);
        if (here.ValueKind == JsonValueKind.Undefined)
        {
            checks.Add(new(id, "blocker", $"The global cluster has no member in {request.Region}."));
            return false;
        }

        CheckOperation(id, cluster, request.Region, checks);
        var isWriter = here.GetProperty("IsWriter").GetBoolean();
        var isConnected = Text(here, "SynchronizationStatus") is null or "connected";
        checks.Add(isWriter ? new(id, "ok", "This Region is the writer already.")
            : isConnected ? new(id, "ok", "A connected secondary is here.")
            : new(id, isPlanned ? "blocker" : "warning", "The secondary here is not connected to the writer."));
        return isWriter;
    }

    private static void CheckOperation(string id, JsonElement cluster, string region, List<PreflightCheck> checks)
    {
        if (!cluster.TryGetProperty("FailoverState", out var state) || Text(state, "ToDbClusterArn") is not { } target)
        {
            return;
        }

        checks.Add(RegionOf(target) == region
            ? new(id + ".operation", "warning", "A promotion of this Region is in progress; it will be waited for.")
            : new(id + ".operation", "blocker", $"A failover towards {RegionOf(target)} is in progress."));
    }

    private static bool CheckRouting(JsonElement routing, List<PreflightCheck> checks)
    {
        if (routing is not { ValueKind: JsonValueKind.Object } || !routing.TryGetProperty("routing", out var answer))
        {
            checks.Add(new("routing", "unknown", "The routing controls could not be read."));
            return false;
        }

        var isOnlyHere = answer.GetProperty("converged").GetBoolean();
        checks.Add(new("routing", "ok", isOnlyHere ? "Traffic goes to this Region only." : "Traffic also goes to the other Region."));
        return isOnlyHere;
    }

    // arn:aws:rds:<region>:<account>:cluster:<id>
    private static string RegionOf(string? arn) => arn?.Split(':') is { Length: > 3 } parts ? parts[3] : "";

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
