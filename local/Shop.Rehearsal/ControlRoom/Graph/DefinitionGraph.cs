using System.Text.Json;

namespace Shop.Rehearsal.ControlRoom.Graph;

/// <summary>Reads what is drawn of a definition that <c>Shop.Asl</c> has accepted: states and the ways between them.</summary>
internal static class DefinitionGraph
{
    public static GraphBlock Read(string definition)
    {
        using var document = JsonDocument.Parse(definition);
        return Block(document.RootElement);
    }

    private static GraphBlock Block(JsonElement block)
    {
        var states = block.GetProperty("States").EnumerateObject().ToList();
        return new GraphBlock(block.GetProperty("StartAt").GetString()!, [.. states.Select(s => Node(s.Name, s.Value))], Edges(states));
    }

    private static GraphNode Node(string name, JsonElement state) =>
        new(name, state.GetProperty("Type").GetString()!, Text(state, "Comment"), [.. Blocks(state).Select(Block)]);

    private static IEnumerable<JsonElement> Blocks(JsonElement state) =>
        state.TryGetProperty("Branches", out var branches) ? branches.EnumerateArray()
        : state.TryGetProperty("ItemProcessor", out var processor) || state.TryGetProperty("Iterator", out processor) ? [processor]
        : [];

    private static List<GraphEdge> Edges(List<JsonProperty> states)
    {
        var edges = new List<GraphEdge>();
        foreach (var (from, state) in states.Select(s => (s.Name, s.Value)))
        {
            var ways = Ways(state).Where(w => w.To is not null).GroupBy(w => w.To!).Select(g => new GraphEdge(from, g.Key, g.Min(w => w.Kind)));
            edges.AddRange(ways);
        }

        return edges;
    }

    private static IEnumerable<(string? To, GraphEdgeKind Kind)> Ways(JsonElement state)
    {
        var isChoice = state.TryGetProperty("Choices", out var choices);
        yield return (Text(state, "Next"), GraphEdgeKind.Next);
        foreach (var choice in isChoice ? choices.EnumerateArray() : default)
        {
            yield return (Text(choice, "Next"), GraphEdgeKind.Choice);
        }

        yield return (Text(state, "Default"), GraphEdgeKind.Choice);
        foreach (var catcher in state.TryGetProperty("Catch", out var catchers) ? catchers.EnumerateArray() : default)
        {
            yield return (Text(catcher, "Next"), GraphEdgeKind.Catch);
        }
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
