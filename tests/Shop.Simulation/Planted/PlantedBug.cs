using System.Text.Json.Nodes;
using Shop.Simulation.Executions;
using Shop.Simulation.Exploration;
using Shop.Simulation.Model;

namespace Shop.Simulation.Planted;

/// <summary>A mistake that somebody could make, made in memory only.</summary>
/// <param name="Name">What was done wrong.</param>
/// <param name="Breaks">Words of the rule that has to be found broken.</param>
internal sealed record PlantedBug(string Name, string Breaks)
{
    /// <summary>Changes a state, if it is one that the mistake is made in, and says whether it did. Gets the machine, the state's name, the state, and its neighbours.</summary>
    public Func<string, JsonObject, JsonObject, bool>? ChangeState { get; init; }

    /// <summary>Changes how the functions behave.</summary>
    public Func<WorldSetup, WorldSetup>? ChangeWorld { get; init; }

    public async Task<(Subject Subject, int Changes)> PlantAsync()
    {
        var changes = 0;
        var machines = await MachineSet.LoadAsync((machine, definition) => Change(machine, definition.AsObject(), ref changes));
        return (new Subject(machines, ChangeWorld), changes + (ChangeWorld is null ? 0 : 1));
    }

    public override string ToString() => Name;

    private void Change(string machine, JsonObject block, ref int changes)
    {
        var states = block["States"]!.AsObject();
        foreach (var (name, state) in states.ToList())
        {
            foreach (var inner in Waypoints.Inner(state!))
            {
                Change(machine, inner.AsObject(), ref changes);
            }

            changes += ChangeState?.Invoke(machine, state!.AsObject(), states) == true ? 1 : 0;
        }

        AslEdits.Prune(block);
    }
}
