using Shop.Simulation.Executions;
using Shop.Simulation.Exploration;
using Shop.Simulation.Judging;
using Shop.Simulation.Schedules;

namespace Shop.Simulation;

public sealed class WhenNothingIsDisturbed
{
    public static TheoryData<string> Names => [.. Scenarios.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_rule_is_broken(string scenario)
    {
        var machines = await MachineSet.LoadAsync();

        var report = new SimulatedRun(machines, new Coverage(machines.Coverage)).Play(Schedule.Of(scenario));

        Assert.Empty(report.Violations);
    }
}
