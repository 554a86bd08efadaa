using Shop.Simulation.Exploration;
using Shop.Simulation.Judging;
using Shop.Simulation.Planted;

namespace Shop.Simulation;

/// <summary>The test of the test: each mistake, planted alone, is found by the same exploration that the real definitions pass.</summary>
public sealed class WhenABugIsPlanted
{
    private const int Budget = 4_000;

    public static TheoryData<string> Names => [.. PlantedBugs.All.Select(b => b.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_simulation_finds_it(string name)
    {
        var bug = PlantedBugs.All.First(b => b.Name == name);
        var (subject, changes) = await bug.PlantAsync();
        Assert.True(changes > 0, "The definitions have changed: there is nothing left that this mistake could be made in.");

        var real = await Subject.RealAsync();
        var summary = new Explorer(subject, Budget, Finds).Explore();

        var found = summary.Broken.Where(Finds).MinBy(r => r.Schedule.ToString().Length);
        Assert.True(found is not null, $"{summary.Runs} runs did not find it.");
        Console.WriteLine($"Planted: {bug.Name}. Found after {summary.Runs} runs: {found.Schedule}: {found.Violations.First(v => v.Contains(bug.Breaks, StringComparison.Ordinal))}");

        // What the real definitions do as well under the same schedule is not this mistake's doing.
        bool Finds(RunReport report) => Breaks(report) && !Breaks(new SimulatedRun(real, new Coverage(real.Machines.Coverage)).Play(report.Schedule));

        bool Breaks(RunReport report) => report.Violations.Any(v => v.Contains(bug.Breaks, StringComparison.Ordinal));
    }
}
