using System.Text.Json;
using Shop.Simulation.Model;

namespace Shop.Simulation.Exploration;

/// <param name="At">When, after the beginning.</param>
/// <param name="Region">Where it is started.</param>
/// <param name="Machine">Which machine.</param>
/// <param name="Input">With what.</param>
internal sealed record Start(TimeSpan At, string Region, string Machine, JsonElement Input);

/// <summary>A situation: how the world is, and what is started in it.</summary>
internal sealed record Scenario(string Name, WorldSetup Setup, params IReadOnlyList<Start> Starts)
{
    /// <summary>Whether every fault and boundary is tried in it; otherwise it is for what its own course reaches.</summary>
    public bool IsExplored { get; init; } = true;

    /// <summary>Whether pairs of faults are tried in it.</summary>
    public bool IsPaired { get; init; }

    /// <summary>Adjusts the world before the beginning: seeds items that need the addresses of this deployment.</summary>
    public Action<World>? Prepare { get; init; }
}
