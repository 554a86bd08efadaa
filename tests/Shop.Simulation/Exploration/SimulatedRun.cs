using Shop.Asl;
using Shop.Simulation.Apis;
using Shop.Simulation.Executions;
using Shop.Simulation.Judging;
using Shop.Simulation.Model;
using Shop.Simulation.Schedules;
using Shop.Simulation.Time;

namespace Shop.Simulation.Exploration;

/// <summary>What one run came to.</summary>
/// <param name="Schedule">What it depends on.</param>
/// <param name="Fingerprint">Of all histories and of what the schedule did to them; times are not in it.</param>
/// <param name="Calls">The attempts of tasks, if that was asked for.</param>
/// <param name="Sites">Where the events came from, if that was asked for.</param>
/// <param name="Events">How many events were written.</param>
/// <param name="Violations">Rules that were broken.</param>
/// <param name="Ends">How the executions ended, as <c>machine status</c> or <c>machine error</c>, counted.</param>
internal sealed record RunReport(
    Schedule Schedule, ulong Fingerprint, IReadOnlyList<CallSite> Calls, IReadOnlyList<string> Sites, int Events, IReadOnlyList<string> Violations, IReadOnlyList<string> Ends);

/// <summary>Plays one schedule from beginning to end: one thread, one clock, one source of chance.</summary>
internal sealed class SimulatedRun(Subject subject, Coverage coverage)
{
    private readonly MachineSet _machines = subject.Machines;

    /// <summary>A run that takes more is one that never ends: the longest wait for a snapshot takes a tenth of it.</summary>
    private const long MaxSteps = 2_000_000;

    public RunReport Play(Schedule schedule, bool wantsCalls = false, Action<string>? tracer = null)
    {
        var scenario = Scenarios.Find(schedule.Scenario);
        var time = new SimulatedTime();
        var referee = new Referee();
        var setup = schedule.Seed == 0 ? scenario.Setup : Variation.Of(scenario.Setup, schedule.Seed);
        setup = subject.Adjust?.Invoke(setup) ?? setup;
        var world = new World(setup, time, new Random(schedule.Seed + 1), referee);
        using var cloud = new Cloud(_machines, world, schedule, coverage, new Random(schedule.Seed + 2)) { Tracer = tracer };
        cloud.Faults.Seen = wantsCalls ? [] : null;
        cloud.Sites = wantsCalls ? [] : null;
        scenario.Prepare?.Invoke(world);
        var isDone = time.Run(() =>
        {
            world.Begin();
            foreach (var start in scenario.Starts)
            {
                time.After(start.At, () => cloud.Start(_machines.In(start.Region, start.Machine), null, start.Input));
            }
        }, MaxSteps);
        var ends = wantsCalls ? Ends(cloud) : [];
        if (isDone)
        {
            FinalChecks.Check(referee, world, cloud);
            isDone = Probe(world, cloud, time);
        }

        if (!isDone)
        {
            referee.Violate($"there is no end after {MaxSteps} steps");
        }

        foreach (var violation in referee.Violations)
        {
            cloud.Say($"!!! {violation}");
        }

        return new(schedule, Fingerprint(cloud), cloud.Faults.Seen ?? [], cloud.Sites ?? [], cloud.Events, referee.Violations, ends);
    }

    private static List<string> Ends(Cloud cloud) =>
    [
        .. cloud.Executions.GroupBy(e => $"{e.Machine.Name} {(e.Status == ExecutionStatus.Failed ? e.Result?.Error : e.Status.ToString())}")
            .Select(g => g.Count() == 1 ? g.Key : $"{g.Key} x{g.Count()}"),
    ];

    private static ulong Fingerprint(Cloud cloud)
    {
        // Executions that ran beside each other are told apart by what each did, not by who happened to be first.
        var sum = 0UL;
        foreach (var execution in cloud.Executions)
        {
            sum += execution.Log.Hash.Add((ulong)execution.Status);
        }

        return sum;
    }

    /// <summary>What an aborted run left behind does not stop the next one: locks and claims are taken over.</summary>
    private bool Probe(World world, Cloud cloud, SimulatedTime time)
    {
        cloud.Heal();
        var probes = new List<(SimulatedExecution Started, string Left)>();
        var isDone = time.Run(() =>
        {
            foreach (var region in RegionCode.Both)
            {
                foreach (var (key, item) in world.TableIn(region).Items.ToList())
                {
                    var holder = item.TryGetValue("executionArn", out var arn) ? cloud.Find(arn.GetProperty("S").GetString()!) : null;
                    var state = item.TryGetValue("runState", out var found) ? found.GetProperty("S").GetString() : "";
                    if (holder is null or { IsRunning: true } || holder.Region != region)
                    {
                        continue;
                    }

                    if (key == $"lock#{region}" && state == "RUNNING")
                    {
                        probes.Add((cloud.Start(_machines.In(region, "regional-failover"), null, Triggers.Operator), key));
                    }
                    else if (key.StartsWith("recon#", StringComparison.Ordinal) && state == "OPEN"
                        && holder.Status is ExecutionStatus.Aborted or ExecutionStatus.TimedOut && world.IsSnapshotComing(holder.Input.Text("database")))
                    {
                        probes.Add((cloud.Start(holder.Machine, null, holder.Input), key));
                    }
                }
            }
        }, MaxSteps);
        foreach (var (started, left) in probes)
        {
            if (started.IsRunning || started.Result?.Error == "Shop.FailoverInProgress" || IsWithoutReport(world, started))
            {
                world.Referee.Violate($"{left} was left behind, and a later start did not take it over: it ended as {started.Status} {started.Result?.Error}");
            }
        }

        return isDone;
    }

    /// <summary>A reconciliation that succeeds without a report has taken somebody else's word for it.</summary>
    private static bool IsWithoutReport(World world, SimulatedExecution started) =>
        started is { Machine.Name: "reconciliation", Status: ExecutionStatus.Succeeded } && world.Referee.Reports.All(r => r.By != started);
}
