using System.Text.Json.Nodes;
using Shop.Simulation.Executions;

namespace Shop.Simulation.Judging;

/// <summary>What there is to reach, by number: states, Catch edges and Choice branches of all machines, read from their definitions.</summary>
internal sealed class CoverageMap
{
    private readonly Dictionary<string, MachineMap> _machines = new(StringComparer.Ordinal);
    private readonly List<CoveragePoint> _points = [];

    public IReadOnlyList<CoveragePoint> Points => _points;

    /// <summary>The same map for a machine of either Region.</summary>
    public MachineMap Of(string machine, JsonNode definition)
    {
        if (!_machines.TryGetValue(machine, out var map))
        {
            map = _machines[machine] = new MachineMap();
            Read(machine, map, definition);
        }

        return map;
    }

    private void Read(string machine, MachineMap map, JsonNode block)
    {
        foreach (var (name, node) in block["States"]!.AsObject())
        {
            var state = node!;
            foreach (var inner in Waypoints.Inner(state))
            {
                Read(machine, map, inner);
            }

            if (Waypoints.IsOne(name))
            {
                continue;
            }

            var mapped = new MappedState(name, Point(machine, CoverageKind.State, name), (string?)state["Next"]);
            var number = 0;
            foreach (var choice in state["Choices"] as JsonArray ?? [])
            {
                var next = (string)choice!["Next"]!;
                mapped.Branches[next] = Point(machine, CoverageKind.Branch, $"{name} rule {number++} -> {Plain(next)}");
            }

            if ((string?)state["Default"] is { } otherwise)
            {
                mapped.Branches[otherwise] = Point(machine, CoverageKind.Branch, $"{name} default -> {Plain(otherwise)}");
            }

            foreach (var catcher in state["Catch"] as JsonArray ?? [])
            {
                var next = (string)catcher!["Next"]!;
                var errors = string.Join("|", catcher["ErrorEquals"]!.AsArray().Select(e => (string)e!));
                mapped.Catchers[next] = Point(machine, CoverageKind.Catch, $"{name} on {errors} -> {Plain(next)}");
            }

            map.Add(mapped);
        }
    }

    private static string Plain(string next) => next[(next.LastIndexOf('~') + 1)..];

    private int Point(string machine, CoverageKind kind, string name)
    {
        _points.Add(new CoveragePoint(machine, kind, name));
        return _points.Count - 1;
    }
}

internal enum CoverageKind
{
    State,
    Catch,
    Branch,
}

internal sealed record CoveragePoint(string Machine, CoverageKind Kind, string Name);
