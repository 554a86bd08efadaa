namespace Shop.Rehearsal.ControlRoom.Graph;

internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public Box Moved(double x, double y) => this with { X = X + x, Y = Y + y };

    public bool Overlaps(Box other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;
}

internal readonly record struct Spot(double X, double Y)
{
    public Spot Moved(double x, double y) => new(X + x, Y + y);
}

/// <summary>A node with its place; what is nested in it lies inside, in the same coordinates.</summary>
internal sealed record PlacedNode(GraphNode Node, Box Box, IReadOnlyList<PlacedBlock> Blocks)
{
    public PlacedNode Moved(double x, double y) => new(Node, Box.Moved(x, y), [.. Blocks.Select(b => b.Moved(x, y))]);
}

/// <summary>
/// An edge as points that alternate between straight-down stretches, inside a row of nodes, and crossings of the gap between two rows, in which no
/// node lies: <c>(start, enter gap, leave gap, enter gap, …, end)</c>. From the upper end to the lower one.
/// </summary>
/// <param name="IsBack">It leads up: the arrow is at the first point.</param>
internal sealed record PlacedEdge(GraphEdge Edge, IReadOnlyList<Spot> Points, bool IsBack)
{
    public PlacedEdge Moved(double x, double y) => this with { Points = [.. Points.Select(p => p.Moved(x, y))] };
}

internal sealed record PlacedBlock(Box Box, IReadOnlyList<PlacedNode> Nodes, IReadOnlyList<PlacedEdge> Edges)
{
    public PlacedBlock Moved(double x, double y) =>
        new(Box.Moved(x, y), [.. Nodes.Select(n => n.Moved(x, y))], [.. Edges.Select(e => e.Moved(x, y))]);

    public IEnumerable<PlacedNode> AllNodes => Nodes.SelectMany(n => n.Blocks.SelectMany(b => b.AllNodes).Prepend(n));

    public IEnumerable<PlacedEdge> AllEdges => Edges.Concat(Nodes.SelectMany(n => n.Blocks.SelectMany(b => b.AllEdges)));
}
