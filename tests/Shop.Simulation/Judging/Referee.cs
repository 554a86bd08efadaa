using System.Text.Json;
using Shop.Asl;
using Shop.Simulation.Apis;
using Shop.Simulation.Executions;
using Shop.Simulation.Model;

namespace Shop.Simulation.Judging;

/// <summary>Watches a run as it happens and says which rule was broken. What holds only at the end is in <see cref="FinalChecks"/>.</summary>
/// <remarks>
/// It knows API actions, ARNs, inputs and items of the control table; no state of a machine by its name. Where a rule has an exception for a call that
/// had a fault, the exception is for that call's action only.
/// </remarks>
internal sealed class Referee
{
    private readonly Dictionary<(SimulatedExecution, string), Topology> _looks = [];
    private readonly Dictionary<(string RunId, string Database), HashSet<SimulatedExecution>> _workers = [];
    private World _world = null!;

    public List<string> Violations { get; } = [];

    public Dictionary<SimulatedExecution, RunFacts> Runs { get; } = [];

    /// <summary>Who changed the routing last.</summary>
    public SimulatedExecution? LastRouter { get; private set; }

    public List<(SimulatedExecution By, string Database, string RunId, int Missing)> Reports { get; } = [];

    public void Watch(World world) => _world = world;

    public void Violate(string rule) => Violations.Add($"at {_world.Time.Elapsed.TotalSeconds:F3} s: {rule}");

    public RunFacts? FactsOf(SimulatedExecution execution) => execution.Run is { } run ? Runs[run] : null;

    public void Started(SimulatedExecution execution)
    {
        if (execution.Run == execution)
        {
            Runs[execution] = new RunFacts(execution);
        }
    }

    public void Disturbed(SimulatedExecution execution, ActionName action)
    {
        execution.FaultyActions.Add(action.Key);
        FactsOf(execution)?.Disturbed.Add(action.Key);
    }

    /// <summary>An attempt of a task is made, whatever becomes of it.</summary>
    public void Calling(SimulatedExecution execution, ActionName action, JsonElement input)
    {
        switch (action.Key)
        {
            case "rds:failoverGlobalCluster":
                AskPromotion(execution, input.Text("GlobalClusterIdentifier"), input.Text("TargetDbClusterIdentifier"), input.Flag("AllowDataLoss"));
                break;
            case "rds:switchoverGlobalCluster":
                AskPromotion(execution, input.Text("GlobalClusterIdentifier"), input.Text("TargetDbClusterIdentifier"), allowsLoss: false);
                break;
            case "lambda:shop-switchover-global-cluster":
                var payload = input.GetProperty("Payload");
                AskPromotion(execution, payload.Text("globalClusterId"), payload.Text("targetClusterArn"), allowsLoss: false);
                break;
            case "lambda:shop-set-routing-controls":
                AskRouting(execution, input.GetProperty("Payload"));
                break;
            case "rds:restoreDBClusterFromSnapshot" or "rds:createDBInstance" or "rds:deleteDBInstance" or "rds:deleteDBCluster":
                WorkOnCopy(execution);
                break;
            default:
                break;
        }
    }

    public void Described(SimulatedExecution execution, GlobalDatabase database)
    {
        var seen = database.Seen();
        _looks[(execution, database.Id)] = seen;
        if (seen.Operation is { AllowsLoss: true } operation && operation.To == execution.Region)
        {
            FactsOf(execution)?.Joined.Add(database.Name);
        }
    }

    /// <summary>Somebody stops a nested execution: to its parent that is a fault of the call that started it.</summary>
    public void Stopped(SimulatedExecution execution) => FactsOf(execution)?.Disturbed.Add("states:startExecution");

    public void PromotionAccepted(Promotion promotion)
    {
        if (promotion.By?.Run is not { } run)
        {
            return;
        }

        foreach (var earlier in _world.Database(promotion.Database).Promotions.SkipLast(1).Reverse().Where(p => !p.IsCancelled))
        {
            if (earlier.By?.Run != run)
            {
                break;
            }

            Violate($"{run} promoted {promotion.Database} twice");
        }
    }

    public void PromotionDone(Promotion promotion, GlobalDatabase database)
    {
        if (database.IsOldWritable && !_world.IsCutOff(promotion.From) && promotion.By is { } by && _world.Routing.IsOn(promotion.From)
            && FactsOf(by) is { HasTakenPeerOff: true } && LastRouter == by.Run)
        {
            Violate($"two writers of {database.Name}: the old primary takes writes, and {promotion.From} was put back in service");
        }
    }

    public void RoutingSet(SimulatedExecution execution, IReadOnlyList<string> takenOff)
    {
        LastRouter = execution.Run ?? execution;
        if (FactsOf(execution) is { } facts && takenOff.Contains(facts.Peer))
        {
            facts.HasTakenPeerOff = true;
        }
    }

    public void ApprovalAsked(SimulatedExecution execution)
    {
        if (IsEmpty(execution.Root) || FactsOf(execution) is { IsDryRun: true })
        {
            Violate($"{execution} asks a person though nothing was to be changed");
        }
    }

    public void Answered(SimulatedExecution execution, bool isApproved)
    {
        if (FactsOf(execution) is { } facts)
        {
            facts.IsAnswered = true;
            facts.IsApproved = isApproved;
        }
    }

    public void Written(SimulatedExecution execution, string key)
    {
        if ((IsEmpty(execution.Root) || FactsOf(execution) is { IsDryRun: true }) && !key.StartsWith("preflight#", StringComparison.Ordinal))
        {
            Violate($"{execution} wrote {key} though nothing was to be changed");
        }

        if (key.StartsWith("recon#", StringComparison.Ordinal) && _world.TableIn(execution.Region).Find(key) is { } claim
            && claim["executionArn"].Text("S") == execution.Arn)
        {
            execution.HasClosedClaim = claim["runState"].Text("S") != "OPEN";
        }

        if (FactsOf(execution) is not { } facts)
        {
            return;
        }

        facts.HasRecord |= key.StartsWith("run#", StringComparison.Ordinal);
        if (key == $"lock#{facts.Region}" && _world.TableIn(facts.Region).Find(key) is { } item && item["executionArn"].Text("S") == facts.Run.Arn)
        {
            facts.HasReleased = item["runState"].Text("S") != "RUNNING";
        }
    }

    public void Reported(SimulatedExecution execution, string database, string runId, int missing) => Reports.Add((execution, database, runId, missing));

    public void Ended(SimulatedExecution execution)
    {
        if (execution is { Machine.Name: "failback", Status: ExecutionStatus.Succeeded })
        {
            RunEnd.CheckFailback(this, _world, execution);
        }

        if (execution.Run != execution)
        {
            return;
        }

        var facts = Runs[execution];
        facts.ActsNow = false;
        if (execution.Status is ExecutionStatus.Aborted or ExecutionStatus.TimedOut)
        {
            facts.WasAborted = true;
            if (!facts.HasActed)
            {
                // What only a former life has seen, and nobody acted on, the next one does not know.
                facts.Joined.Clear();
            }
        }

        RunEnd.Check(this, _world, facts);
    }

    private static bool IsEmpty(SimulatedExecution root) => root.Input.ValueKind == JsonValueKind.Object && !root.Input.EnumerateObject().Any();

    private void AskPromotion(SimulatedExecution execution, string globalId, string targetArn, bool allowsLoss)
    {
        var look = (execution, globalId);
        if (!_looks.Remove(look, out var seen))
        {
            // A redrive begins with the very state that was aborted; who redrives a machine that calls by itself makes that call.
            if (execution.RedriveCount > 0)
            {
                return;
            }

            Violate($"{execution} asks blindly for a promotion of {globalId}");
        }
        else if (seen.Operation is not null || seen.Writer == RegionCode.Of(targetArn))
        {
            Violate($"{execution} asks for a promotion of {globalId} against what it has just seen");
        }

        if (FactsOf(execution) is not { } facts)
        {
            return;
        }

        Act(execution, facts);
        if (facts.NeedsApproval && !facts.IsApproved)
        {
            Violate($"{facts.Run} promotes without the approval that it was told to get");
        }

        if (allowsLoss && (facts.Mode != "failover" || !facts.AllowsLoss))
        {
            Violate($"{facts.Run} may lose data, which nobody has allowed");
        }

        if (facts.Mode == "failover" && !facts.HasTriedToFence && !facts.IsDisturbed("states:startExecution"))
        {
            Violate($"{facts.Run} promotes without having tried to fence {facts.Peer}");
        }
    }

    private void AskRouting(SimulatedExecution execution, JsonElement payload)
    {
        var after = RegionCode.Both.ToDictionary(region => region, _world.Routing.IsOn);
        foreach (var entry in payload.GetProperty("entries").EnumerateArray())
        {
            after[RoutingPanel.RegionOf(entry.Text("arn"))] = entry.Text("state") == "On";
        }

        if (!after.ContainsValue(true))
        {
            Violate($"{execution} asks for both Regions to be Off");
        }

        if (payload.TryGetProperty("input", out var input) && input.TryGetProperty("overrideRules", out _))
        {
            Violate($"{execution} overrides the safety rule");
        }

        if (FactsOf(execution) is not { } facts)
        {
            return;
        }

        Act(execution, facts);
        if (after[facts.Region] && !after[facts.Peer])
        {
            facts.HasTriedToFence = true;
            if (facts.Mode == "switchover" && !facts.Databases.Any(name => IsOrWasHere(name, facts)))
            {
                Violate($"{facts.Run} moves the traffic of a planned move before any writer has moved");
            }
        }
    }

    /// <summary>A restored copy is one reconciliation's: two would delete what the other compares.</summary>
    private void WorkOnCopy(SimulatedExecution execution)
    {
        var copy = (execution.Input.Text("runId"), execution.Input.Text("database"));
        if (!_workers.TryGetValue(copy, out var workers))
        {
            workers = _workers[copy] = [];
        }

        foreach (var other in workers.Where(other => other is { IsRunning: true, HasClosedClaim: false } && other != execution && !IsTableFaulty(other) && !IsTableFaulty(execution)))
        {
            Violate($"{execution} works on the copy of {copy.Item2} for {copy.Item1} while {other} does");
        }

        workers.Add(execution);
    }

    private static bool IsTableFaulty(SimulatedExecution execution) => execution.FaultyActions.Any(a => a.StartsWith("dynamodb:", StringComparison.Ordinal));

    /// <summary>Whether the writer is here, or was until somebody else moved it away during this run.</summary>
    private bool IsOrWasHere(string name, RunFacts facts) => _world.Databases.FirstOrDefault(d => d.Name == name) is { } database
        && (database.Writer == facts.Region || database.Promotions.Any(p => p.By?.Run != facts.Run && p.From == facts.Region && p.AcceptedAt >= facts.Run.StartTime));

    /// <summary>A run changes something: nobody else of its Region may be doing so, and its trigger may not have had its effect.</summary>
    private void Act(SimulatedExecution execution, RunFacts facts)
    {
        (facts.HasActed, facts.ActsNow) = (true, true);
        if (facts.IsDryRun)
        {
            Violate($"{execution} of a dry run changes something");
        }

        foreach (var other in Runs.Values.Where(other => other != facts && other.Region == facts.Region && other.HasActed))
        {
            // Without the lock table an operator is let through, on purpose.
            if (facts.IsDisturbed("dynamodb:") || other.IsDisturbed("dynamodb:"))
            {
                continue;
            }

            if (other is { Run.IsRunning: true, ActsNow: true, HasReleased: false })
            {
                Violate($"{facts.Run} acts while {other.Run} does");
            }

            // What was begun and aborted may be finished by another: a parent that is redriven starts its child anew. A person may ask again for what failed.
            var isLeftUndone = other.WasAborted || (facts.IsOperated && other.Run is { Status: ExecutionStatus.Failed, Result.Error: not "Shop.PartlyActivated" });
            if (facts.TriggerId.Length > 0 && facts.TriggerId == other.TriggerId && !isLeftUndone)
            {
                Violate($"{facts.Run} acts on a trigger that {other.Run} has acted on");
            }
        }
    }
}
