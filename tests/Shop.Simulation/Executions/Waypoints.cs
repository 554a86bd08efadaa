using System.Text.Json.Nodes;

namespace Shop.Simulation.Executions;

/// <summary>
/// Makes the way that was taken visible in the history: where two rules of one Choice, or two catchers of one state, lead to the same state, a Pass
/// state is put in between. Nothing else of a definition is changed.
/// </summary>
internal static class Waypoints
{
    private const char Mark = '~';

    public static bool IsOne(string stateName) => stateName.Contains(Mark, StringComparison.Ordinal);

    public static void Add(JsonNode block)
    {
        var states = block["States"]!.AsObject();
        foreach (var (name, state) in states.ToList())
        {
            foreach (var inner in Inner(state!))
            {
                Add(inner);
            }

            var exits = (state!["Choices"] as JsonArray ?? state["Catch"] as JsonArray ?? []).Select(e => e!.AsObject()).ToList();
            if (state["Default"] is not null)
            {
                exits.Add(state.AsObject());
            }

            foreach (var group in exits.GroupBy(Target).Where(g => g.Count() > 1))
            {
                foreach (var (exit, number) in group.Select((exit, number) => (exit, number)))
                {
                    var waypoint = $"{name}{Mark}{number}{Mark}{group.Key}"[..Math.Min(80, name.Length + group.Key.Length + 3)];
                    exit[exit == state ? "Default" : "Next"] = waypoint;
                    states[waypoint] = new JsonObject { ["Type"] = "Pass", ["Next"] = group.Key };
                }
            }
        }

        string Target(JsonObject exit) => (string)(exit.ContainsKey("States") || exit.ContainsKey("Default") ? exit["Default"] : exit["Next"])!;
    }

    public static IEnumerable<JsonNode> Inner(JsonNode state)
    {
        if (state["ItemProcessor"] is { } processor)
        {
            yield return processor;
        }

        foreach (var branch in state["Branches"] as JsonArray ?? [])
        {
            yield return branch!;
        }
    }
}
