using System.Text.Json;

namespace Shop.Failover.Preflight;

/// <summary>Is there a secondary here that can be promoted, and does nobody move it elsewhere?</summary>
internal static class ClusterCheck
{
    /// <summary>Answers whether this Region writes the database already.</summary>
    public static bool Add(PreflightRequest request, string database, List<PreflightCheck> checks)
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
            checks.Add(new(id, isPlanned ? "blocker" : "unknown", "The global cluster could not be described.", CanForce: true));
            return false;
        }

        var members = cluster.GetProperty("GlobalClusterMembers").EnumerateArray().ToList();
        var here = members.FirstOrDefault(m => RegionOf(m.GetProperty("DbClusterArn").GetString()) == request.Region);
        if (here.ValueKind == JsonValueKind.Undefined)
        {
            checks.Add(new(id, "blocker", $"The global cluster has no member in {request.Region}."));
            return false;
        }

        AddOperation(id, cluster, request.Region, checks);
        var isWriter = here.GetProperty("IsWriter").GetBoolean();
        var isConnected = Facts.Text(here, "SynchronizationStatus") is null or "connected";
        checks.Add(isWriter ? new(id, "ok", "This Region is the writer already.")
            : isConnected ? new(id, "ok", "A connected secondary is here.")
            : new(id, isPlanned ? "blocker" : "warning", "The secondary here is not connected to the writer.", CanForce: true));
        if (!isWriter)
        {
            AddMember(id, fact, isPlanned, checks);
        }

        return isWriter;
    }

    /// <summary>A cluster without an instance (headless) has nothing to become the writer, and Aurora refuses a switchover between versions.</summary>
    private static void AddMember(string id, JsonElement fact, bool isPlanned, List<PreflightCheck> checks)
    {
        if (!fact.TryGetProperty("member", out var member))
        {
            checks.Add(new(id + ".instances", "unknown", "The cluster here could not be described."));
            return;
        }

        if (member.GetProperty("instances").GetInt32() == 0)
        {
            checks.Add(new(id + ".instances", "blocker", "The cluster here has no instance that could become the writer. Create one (create-db-instance) and wait until it is available.", CanForce: true));
        }

        var (here, whole) = (Facts.Text(member, "engineVersion"), Facts.Text(fact.GetProperty("globalCluster"), "EngineVersion"));
        if (whole is not null && here is not null && whole != here)
        {
            checks.Add(new(id + ".version", isPlanned ? "blocker" : "warning", $"The cluster here is of version {here}, the global cluster of {whole}.", CanForce: true));
        }
    }

    private static void AddOperation(string id, JsonElement cluster, string region, List<PreflightCheck> checks)
    {
        if (!cluster.TryGetProperty("FailoverState", out var state) || Facts.Text(state, "ToDbClusterArn") is not { } target)
        {
            return;
        }

        checks.Add(RegionOf(target) == region
            ? new(id + ".operation", "warning", "A promotion of this Region is in progress; it will be waited for.")
            : new(id + ".operation", "blocker", $"A failover towards {RegionOf(target)} is in progress."));
    }

    // arn:aws:rds:<region>:<account>:cluster:<id>
    private static string RegionOf(string? arn) => arn?.Split(':') is { Length: > 3 } parts ? parts[3] : "";
}
