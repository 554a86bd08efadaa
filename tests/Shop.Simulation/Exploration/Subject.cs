using Shop.Simulation.Executions;
using Shop.Simulation.Model;

namespace Shop.Simulation.Exploration;

/// <summary>What is explored: definitions, and how the model behaves, which a planted bug may change.</summary>
internal sealed record Subject(MachineSet Machines, Func<WorldSetup, WorldSetup>? Adjust = null)
{
    public static async Task<Subject> RealAsync() => new(await MachineSet.LoadAsync());
}
