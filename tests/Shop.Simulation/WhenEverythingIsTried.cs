using System.Globalization;
using Shop.Simulation.Exploration;
using Shop.Simulation.Judging;
using Shop.Simulation.Schedules;

namespace Shop.Simulation;

/// <summary>The big one. <c>SIMULATION_RUNS</c> is its budget; <c>SIMULATION_SEED</c> replays one schedule instead and prints what happens.</summary>
public sealed class WhenEverythingIsTried
{
    private const int UsualRuns = 6_000;

    [Fact]
    public async Task No_rule_is_broken_and_nothing_is_left_out()
    {
        var subject = await Subject.RealAsync();
        if (Environment.GetEnvironmentVariable("SIMULATION_SEED") is { Length: > 0 } seed)
        {
            Replay(subject, Schedule.Parse(seed));
            return;
        }

        var budget = int.TryParse(Environment.GetEnvironmentVariable("SIMULATION_RUNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var runs) ? runs : UsualRuns;
        // The whole search takes minutes: whoever waits sees how far it is.
        var summary = new Explorer(subject, budget, say: budget > UsualRuns ? text => Console.Error.WriteLine(text) : null).Explore();
        Console.WriteLine(summary);

        Assert.Empty(summary.Broken.Select(r => $"{r.Schedule}: {r.Violations[0]}").Take(20));
        Assert.Empty(summary.Coverage.Missing());
    }

    private static void Replay(Subject subject, Schedule schedule)
    {
        Console.WriteLine($"Schedule: {schedule}");
        var report = new SimulatedRun(subject, new Coverage(subject.Machines.Coverage)).Play(schedule, tracer: Console.WriteLine);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Events} events, fingerprint {report.Fingerprint:x16}"));
        Assert.Empty(report.Violations);
    }
}
