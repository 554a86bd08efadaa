using System.Text.Json;
using Shop.ControlRoom.Tests.Staging;
using Shop.Rehearsal.ControlRoom.Graph;

namespace Shop.ControlRoom.Tests;

/// <summary>The layout, on the machines that are really drawn, and on made-up ones of all shapes.</summary>
public sealed class WhenAMachineIsDrawn
{
    private const int MadeUp = 60;

    public static TheoryData<string> All => [.. Machines.Names];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_state_and_every_way_is_there(string name)
    {
        var definition = await Machines.DefinitionAsync(name);
        var (graph, placed) = Place(definition);

        Assert.Equal(StatesOf(JsonDocument.Parse(definition).RootElement).Order(), placed.AllNodes.Select(n => n.Node.Name).Order());
        Assert.Equal(graph.Nodes.Count, placed.Nodes.Count);
        Assert.Equal(graph.Edges.Count(e => e.From != e.To), placed.Edges.Count);
        Assert.NotEmpty(placed.Edges);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task No_state_lies_on_another_one_and_no_way_leads_through_one(string name) => AssertReadable(Place(await Machines.DefinitionAsync(name)).Placed);

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_same_machine_is_always_drawn_the_same_way(string name)
    {
        var definition = await Machines.DefinitionAsync(name);

        Assert.Equal(Draw(definition), Draw(definition));
    }

    [Fact]
    public void Machines_of_all_shapes_are_readable()
    {
        for (var seed = 0; seed < MadeUp; seed++)
        {
            var random = new Random(seed);
            try
            {
                AssertReadable(GraphLayout.Place(MadeUpBlock(random, "S", depth: 2)));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}", e);
            }
        }
    }

    [Fact]
    public void A_drawing_with_a_state_on_another_one_would_be_noticed()
    {
        var (_, placed) = Place("""{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"C"},"C":{"Type":"Succeed"}}}""");
        var moved = placed with { Nodes = [placed.Nodes[0], placed.Nodes[1] with { Box = placed.Nodes[0].Box.Moved(4, 4) }, placed.Nodes[2]] };
        var through = placed with { Edges = [placed.Edges[0] with { Points = [new(placed.Nodes[1].Box.X + 5, 0), new(placed.Nodes[1].Box.X + 5, placed.Box.Bottom)] }] };

        Assert.ThrowsAny<Exception>(() => AssertReadable(moved));
        Assert.ThrowsAny<Exception>(() => AssertReadable(through));
    }

    private static void AssertReadable(PlacedBlock block)
    {
        var nodes = block.Nodes;
        for (var i = 0; i < nodes.Count; i++)
        {
            Assert.True(nodes[i].Box is { X: >= 0, Y: >= 0 } box && box.Right <= block.Box.Right + 0.2 && box.Bottom <= block.Box.Bottom + 0.2, $"{nodes[i].Node.Name} lies outside.");
            foreach (var other in nodes.Skip(i + 1))
            {
                Assert.False(nodes[i].Box.Overlaps(other.Box), $"{nodes[i].Node.Name} lies on {other.Node.Name}.");
            }
        }

        foreach (var edge in block.Edges)
        {
            AssertFree(edge, nodes);
        }

        foreach (var node in nodes)
        {
            Assert.All(node.Blocks, b => Assert.True(
                b.Box.X >= node.Box.X && b.Box.Y >= node.Box.Y && b.Box.Right <= node.Box.Right + 0.2 && b.Box.Bottom <= node.Box.Bottom + 0.2, $"A block sticks out of {node.Node.Name}."));
            Assert.All(node.Blocks, b => AssertReadable(b.Moved(-b.Box.X, -b.Box.Y)));
        }
    }

    /// <summary>A curve lies in the box of its ends, a straight line is its own box: neither box may meet a node that the way doesn't begin or end at.</summary>
    private static void AssertFree(PlacedEdge edge, IReadOnlyList<PlacedNode> nodes)
    {
        foreach (var (from, to) in edge.Points.Zip(edge.Points.Skip(1)))
        {
            var box = new Box(Math.Min(from.X, to.X), Math.Min(from.Y, to.Y), Math.Abs(from.X - to.X), Math.Abs(from.Y - to.Y));
            var hit = nodes.FirstOrDefault(n => n.Box.Overlaps(box) && !(n.Node.Name == edge.Edge.From || n.Node.Name == edge.Edge.To));
            Assert.True(hit is null, $"The way from {edge.Edge.From} to {edge.Edge.To} leads through {hit?.Node.Name}.");
        }
    }

    private static (GraphBlock Graph, PlacedBlock Placed) Place(string definition)
    {
        var graph = DefinitionGraph.Read(definition);
        return (graph, GraphLayout.Place(graph));
    }

    private static string Draw(string definition) =>
        GraphSvg.Draw("m", Place(definition).Placed, _ => StateStatus.Waiting, new HashSet<(string, string)>(), s => "?" + s, null).Text;

    private static IEnumerable<string> StatesOf(JsonElement block) => block.GetProperty("States").EnumerateObject().SelectMany(s =>
        (s.Value.TryGetProperty("Branches", out var branches) ? branches.EnumerateArray().SelectMany(StatesOf) : [])
        .Concat(s.Value.TryGetProperty("ItemProcessor", out var processor) ? StatesOf(processor) : [])
        .Prepend(s.Name));

    private static GraphBlock MadeUpBlock(Random random, string prefix, int depth)
    {
        var count = random.Next(1, 16);
        var names = Enumerable.Range(0, count).Select(i => $"{prefix}{i}{new string('x', random.Next(0, 20))}").ToList();
        var nodes = names.Select((n, i) => new GraphNode(n, "Task", null, depth > 0 && random.Next(6) == 0
            ? [.. Enumerable.Range(0, random.Next(1, 5)).Select(b => MadeUpBlock(random, $"{prefix}{i}.{b}.", depth - 1))] : [])).ToList();
        var edges = names.SelectMany(from => Enumerable.Range(0, random.Next(0, 4)).Select(_ => (from, To: names[random.Next(count)]))).Distinct()
            .Select(e => new GraphEdge(e.from, e.To, (GraphEdgeKind)random.Next(3))).ToList();
        return new GraphBlock(names[0], nodes, edges);
    }
}
