namespace Shop.Rehearsal.ControlRoom.Graph;

/// <summary>What takes room in a row: a node, or the place where a longer edge passes.</summary>
internal sealed class Cell(GraphNode? node, int row, double width, double height)
{
    public GraphNode? Node { get; } = node;

    public int Row { get; } = row;

    public double Width { get; } = width;

    public double Height { get; } = height;

    /// <summary>Its middle.</summary>
    public double X { get; set; }

    public List<Link> Up { get; } = [];

    public List<Link> Down { get; } = [];

    public double Left => X - (Width / 2);
}

/// <summary>A stretch of an edge from a row to the next.</summary>
internal sealed class Link(Cell upper, Cell lower, double pull)
{
    public Cell Upper { get; } = upper;

    public Cell Lower { get; } = lower;

    /// <summary>How much it wants to be straight.</summary>
    public double Pull { get; } = pull;

    /// <summary>Where it leaves the upper cell and enters the lower one, relative to their middles.</summary>
    public double UpperPort { get; set; }

    public double LowerPort { get; set; }
}
