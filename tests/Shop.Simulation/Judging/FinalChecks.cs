using Shop.Asl;
using Shop.Simulation.Apis;
using Shop.Simulation.Executions;
using Shop.Simulation.Model;

namespace Shop.Simulation.Judging;

/// <summary>What has to be true once nothing goes on any more.</summary>
internal static class FinalChecks
{
    public static void Check(Referee referee, World world, Cloud cloud)
    {
        foreach (var execution in cloud.Executions.Where(e => e.IsRunning))
        {
            referee.Violate($"{execution} never ends");
        }

        foreach (var promotion in world.Databases.SelectMany(d => d.Promotions).Where(p => p.DoneAt is not null))
        {
            CheckLoss(referee, cloud, promotion);
        }

        foreach (var cluster in RegionCode.Both.SelectMany(r => world.CopiesIn(r).Clusters).Where(c => c.DeletedAt is null))
        {
            CheckLeftover(referee, world, cloud, cluster);
        }

        foreach (var region in RegionCode.Both)
        {
            CheckClaims(referee, world, cloud, region);
        }

        CheckReports(referee, world);
    }

    private static bool IsReconciliation(SimulatedExecution execution) => execution.Machine.Name == "reconciliation";

    /// <summary>Whoever may have lost something has started to look for it, or has failed by a name that says so.</summary>
    private static void CheckLoss(Referee referee, Cloud cloud, Promotion promotion)
    {
        var runs = promotion.By is { } by ? (by.Run is { } own ? [own] : []) : Joined(referee, promotion);
        foreach (var run in runs)
        {
            if (!promotion.AllowsLoss)
            {
                if (promotion.Lost > 0)
                {
                    referee.Violate($"{run} lost {promotion.Lost} rows of {promotion.Database} by a switchover");
                }

                continue;
            }

            if (referee.Runs[run].Mode == "switchover" && promotion.By is not null)
            {
                referee.Violate($"{run}, a planned move, may have lost data of {promotion.Database}");
            }

            var heirs = Heirs(referee, run, promotion.Database);
            var isLookedInto = cloud.Executions.Any(e => IsReconciliation(e) && e.Input.Text("database") == promotion.Database
                && (e.Input.Text("runId") == run.Name || heirs.Any(heir => heir.Run.Name == e.Input.Text("runId"))));
            foreach (var heir in isLookedInto ? [] : heirs)
            {
                referee.Violate($"{heir.Run} succeeded after {run}, which was stopped; {promotion.Lost} lost rows of {promotion.Database} are not looked for");
            }

            var saysSo = run.Status is ExecutionStatus.Aborted or ExecutionStatus.TimedOut || run.Result?.Error == "Shop.PartlyActivated";
            if (!isLookedInto && !saysSo)
            {
                referee.Violate($"{run} ended as {run.Status} {run.Result?.Error}; {promotion.Lost} lost rows of {promotion.Database} are not looked for");
            }
        }
    }

    /// <summary>Runs that came after one that was stopped for good, in the same Region, and called themselves a success: nobody looks behind those.</summary>
    private static List<RunFacts> Heirs(Referee referee, SimulatedExecution run, string database) => run.Status is not (ExecutionStatus.Aborted or ExecutionStatus.TimedOut)
        ? []
        : [.. referee.Runs.Values.Where(f => f.Run != run && f.Region == run.Region && !f.IsDryRun && f.Databases.Contains(database) && f.Run.Status == ExecutionStatus.Succeeded
            && f.Run.StartTime >= run.EndTime && !f.IsDisturbed("dynamodb:") && !referee.Runs[run].IsDisturbed("dynamodb:")
            && (f.TriggerId.Length == 0 || f.TriggerId != referee.Runs[run].TriggerId))];

    /// <summary>Runs that took somebody else's promotion for their own.</summary>
    private static IEnumerable<SimulatedExecution> Joined(Referee referee, Promotion promotion) => referee.Runs.Values
        .Where(f => !f.IsDryRun && f.Mode == "failover" && f.Region == promotion.To && f.Databases.Contains(promotion.Database)
            && f.Run is { Status: ExecutionStatus.Succeeded, Result.Output: { } output } && output.TryGetProperty("promotions", out _)
            && f.Run.StartTime <= promotion.DoneAt && f.Run.EndTime >= promotion.DoneAt && f.Joined.Contains(promotion.Database))
        .Select(f => f.Run);

    /// <summary>A restored copy is gone, or a person knows of it.</summary>
    private static void CheckLeftover(Referee referee, World world, Cloud cloud, Copy cluster)
    {
        var isTold = world.Mail.Letters.Any(l => l.Text.Contains(cluster.Id, StringComparison.Ordinal));
        var makers = cloud.Executions.Where(e => IsReconciliation(e) && e.FaultyActions.Contains("sns:publish")).Any();
        if (!isTold && !makers && cluster.MadeBy is { Status: not (ExecutionStatus.Aborted or ExecutionStatus.TimedOut) })
        {
            referee.Violate($"{cluster.MadeBy} left the cluster {cluster.Id}, and nobody was told");
        }
    }

    private static void CheckClaims(Referee referee, World world, Cloud cloud, string region)
    {
        foreach (var (key, item) in world.TableIn(region).Items.Where(i => i.Key.StartsWith("recon#", StringComparison.Ordinal)))
        {
            if (item["runState"].GetProperty("S").GetString() == "OPEN"
                && cloud.Find(item["executionArn"].GetProperty("S").GetString()!) is { Status: ExecutionStatus.Succeeded or ExecutionStatus.Failed } holder
                && !holder.FaultyActions.Any(a => a.StartsWith("dynamodb:", StringComparison.Ordinal)))
            {
                referee.Violate($"{holder} ended as {holder.Status} and left its claim {key} open");
            }
        }
    }

    private static bool IsWhole(SimulatedExecution execution) => execution is { Status: ExecutionStatus.Succeeded, RedriveCount: 0 }
        && !execution.FaultyActions.Any(a => a.StartsWith("dynamodb:", StringComparison.Ordinal));

    /// <summary>A report names at least what its failover lost, as long as nothing was moved since.</summary>
    private static void CheckReports(Referee referee, World world)
    {
        foreach (var (by, database, runId, missing) in referee.Reports)
        {
            var promotions = world.Database(database).Promotions.Where(p => p.DoneAt is not null).ToList();
            // Who takes over from an aborted or a failed one reports again, to the same place.
            if (referee.Reports.Any(r => r.By != by && r.Database == database && r.RunId == runId && IsWhole(r.By)) && IsWhole(by))
            {
                referee.Violate($"{by} reconciled {database} of {runId}, and so did another");
            }

            if (promotions is [{ } only] && only.By?.Run?.Name == runId && missing < only.Lost)
            {
                referee.Violate($"{by} reports {missing} missing rows of {database}, and {only.Lost} are");
            }
        }
    }
}
