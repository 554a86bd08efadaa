using Shop.Asl;
using Shop.Simulation.Apis;
using Shop.Simulation.Executions;
using Shop.Simulation.Model;

namespace Shop.Simulation.Judging;

/// <summary>What has to be true at the moment in which a regional failover ends.</summary>
internal static class RunEnd
{
    public static void Check(Referee referee, World world, RunFacts facts)
    {
        var run = facts.Run;
        if (run.Status is ExecutionStatus.Aborted or ExecutionStatus.TimedOut)
        {
            return;
        }

        CheckLock(referee, world, facts);
        CheckRecord(referee, world, facts);
        if (run.Status == ExecutionStatus.Succeeded)
        {
            CheckSuccess(referee, world, facts);
        }
        else
        {
            CheckTurnedBack(referee, world, facts);
        }
    }

    /// <summary>A store that was given back is written here.</summary>
    public static void CheckFailback(Referee referee, World world, SimulatedExecution failback)
    {
        if (!failback.Input.TryGetProperty("dryRun", out var dryRun) || dryRun.ValueKind != System.Text.Json.JsonValueKind.False)
        {
            return;
        }

        foreach (var database in world.Databases.Where(d => d.Writer != failback.Region && !d.Promotions.Any(p => p.From == failback.Region && p.AcceptedAt >= failback.StartTime)))
        {
            referee.Violate($"{failback} succeeded, and {database.Name} is written in {database.Writer}");
        }
    }

    private static void CheckLock(Referee referee, World world, RunFacts facts)
    {
        if (world.TableIn(facts.Region).Find($"lock#{facts.Region}") is { } item
            && item["executionArn"].GetProperty("S").GetString() == facts.Run.Arn
            && item["runState"].GetProperty("S").GetString() == "RUNNING"
            && !facts.IsDisturbed("dynamodb:"))
        {
            referee.Violate($"{facts.Run} ended as {facts.Run.Status} and left its lock");
        }
    }

    private static void CheckRecord(Referee referee, World world, RunFacts facts)
    {
        var hasPromoted = world.Databases.SelectMany(d => d.Promotions).Any(p => p.By?.Run == facts.Run);
        if ((hasPromoted || facts.IsAnswered) && !facts.HasRecord && !facts.IsDisturbed("dynamodb:"))
        {
            referee.Violate($"{facts.Run} ended as {facts.Run.Status}{(hasPromoted ? " after a promotion" : " after a person's answer")} and left no record");
        }
    }

    /// <summary>An activation that calls itself a success is one.</summary>
    private static void CheckSuccess(Referee referee, World world, RunFacts facts)
    {
        if (facts.IsDryRun)
        {
            return;
        }

        if (facts.Run.Result?.Output is not { ValueKind: System.Text.Json.JsonValueKind.Object } output || !output.TryGetProperty("promotions", out _))
        {
            CheckNothingToDo(referee, world, facts);
            return;
        }

        foreach (var database in facts.Databases.Select(world.Database))
        {
            // Moved away by others meanwhile, or just before, when descriptions did not show it yet.
            var since = facts.Run.StartTime - world.Setup.DescribeIsStaleFor;
            var others = database.Promotions.Any(p => p.By?.Run != facts.Run && p.To != facts.Region && p.AcceptedAt >= since);
            if (database.Writer != facts.Region && !others)
            {
                referee.Violate($"{facts.Run} succeeded, and the writer of {database.Name} is in {database.Writer}");
            }
        }

        if ((!world.Routing.IsOn(facts.Region) || world.Routing.IsOn(facts.Peer)) && (referee.LastRouter is null || referee.LastRouter == facts.Run)
            && world.Setup.RoutingSpreads < TimeSpan.FromMinutes(1))
        {
            referee.Violate($"{facts.Run} succeeded, and shoppers are not led to {facts.Region} only");
        }
    }

    /// <summary>Doing nothing is a success only if nothing was to be done, or if another run had the same trigger.</summary>
    private static void CheckNothingToDo(Referee referee, World world, RunFacts facts)
    {
        var isActive = facts.Databases.All(name => world.Databases.Any(d => d.Name == name && d.Writer == facts.Region));
        var isServed = facts.TriggerId.Length > 0 && (IsDone(world, facts) || referee.Runs.Values.Any(other =>
            other != facts && other.Region == facts.Region && other.TriggerId == facts.TriggerId && IsAtWork(other.Run, facts.Run)));
        if (!isActive && !isServed && !facts.HasActed)
        {
            referee.Violate($"{facts.Run} succeeded by doing nothing");
        }
    }

    /// <summary>Whether the lock says that the work of this trigger is done, whatever became of its run after that.</summary>
    private static bool IsDone(World world, RunFacts facts) => world.TableIn(facts.Region).Find($"lock#{facts.Region}") is { } item
        && item["runState"].Text("S") == "DONE" && item["triggerId"].Text("S") == facts.TriggerId;

    /// <summary>Whether a run was still at it when the other one looked.</summary>
    private static bool IsAtWork(SimulatedExecution run, SimulatedExecution other) => run.IsRunning || run.Status == ExecutionStatus.Succeeded || run.EndTime >= other.StartTime;

    /// <summary>Who took the other Region out of service and then promoted nothing has put it back.</summary>
    private static void CheckTurnedBack(Referee referee, World world, RunFacts facts)
    {
        // One that is in doubt goes on, and says so; but it must have something to be in doubt about, or have had the writer until others took it.
        if (facts.Run.Result?.Error == "Shop.PartlyActivated" && world.Databases.Any(d => d.Promotions.Any(p =>
            p.To == facts.Region || (p.From == facts.Region && p.By?.Run != facts.Run && p.AcceptedAt >= facts.Run.StartTime))))
        {
            return;
        }

        var isAnythingHere = world.Databases.Any(d => d.Writer == facts.Region || d.Operation is not null);
        if (facts.HasTakenPeerOff && !isAnythingHere && !world.Routing.IsOn(facts.Peer) && referee.LastRouter == facts.Run
            && world.Setup.EndpointsDown < 5 && !facts.WasAborted
            && !facts.IsDisturbed("lambda:shop-") && !facts.IsDisturbed("states:") && !facts.IsDisturbed("rds:describe"))
        {
            referee.Violate($"{facts.Run} turned back ({facts.Run.Result?.Error}), and {facts.Peer} is still out of service");
        }
    }
}
