namespace Shop.Rehearsal.ControlRoom.Graph;

/// <summary>
/// Draws a machine in rows: rows by the longest way from the start, few crossings, straight ways, boxes in boxes. Edges cross from row to row only in
/// the gaps between rows and run straight down inside a row, where they have a cell of their own; so none runs through a node.
/// </summary>
internal static class GraphLayout
{
    public const double NodeHeight = 30;
    public const double HeaderHeight = 30;
    private const double Gap = 26;
    private const double Padding = 12;
    private const double BetweenBlocks = 10;

    public static PlacedBlock Place(GraphBlock block)
    {
        var nested = block.Nodes.ToDictionary(n => n.Name, Nest);
        var rows = RowAssignment.Of(block);
        var cells = block.Nodes.ToDictionary(n => n.Name, n => new Cell(n, rows.RowOf(n.Name), nested[n.Name].Width, nested[n.Name].Height));
        var grid = Enumerable.Range(0, cells.Values.Max(c => c.Row) + 1).Select(_ => new List<Cell>()).ToList();
        foreach (var cell in FromTheStart(block, cells))
        {
            grid[cell.Row].Add(cell);
        }

        var chains = block.Edges.Where(e => e.From != e.To).Select(e => Chain(e, rows.IsBack(e), cells, grid)).ToList();
        RowOrder.Arrange(grid);
        RowSpacing.Place(grid);
        SpreadPorts(cells.Values);
        RowSpacing.Place(grid);
        return Settle(cells, grid, chains, nested);
    }

    /// <summary>Room for the icon and the name.</summary>
    public static double WidthOf(string name) => Math.Ceiling(36 + (name.Length * 7.7));

    /// <summary>In the order in which an execution could come to them, the ordinary way first: a good order to begin with.</summary>
    private static IEnumerable<Cell> FromTheStart(GraphBlock block, Dictionary<string, Cell> cells)
    {
        var outgoing = block.Edges.ToLookup(e => e.From);
        var seen = new HashSet<string>();
        var waiting = new Stack<string>([.. block.Nodes.Select(n => n.Name).Reverse(), block.Start]);
        while (waiting.TryPop(out var name))
        {
            if (seen.Add(name))
            {
                yield return cells[name];
                foreach (var edge in outgoing[name].OrderByDescending(e => e.Kind))
                {
                    waiting.Push(edge.To);
                }
            }
        }
    }

    private static NestedBlocks Nest(GraphNode node)
    {
        if (node.Blocks.Count == 0)
        {
            return new NestedBlocks([], WidthOf(node.Name), NodeHeight);
        }

        var placed = new List<PlacedBlock>();
        // Many branches side by side would make the whole picture too wide to read.
        var perRow = node.Blocks.Count > 3 ? 3 : node.Blocks.Count;
        double x = Padding, y = HeaderHeight, width = 0, rowHeight = 0;
        foreach (var (block, i) in node.Blocks.Select((b, i) => (Place(b), i)))
        {
            if (i > 0 && i % perRow == 0)
            {
                (x, y, rowHeight) = (Padding, y + rowHeight + BetweenBlocks, 0);
            }

            placed.Add(block.Moved(x, y));
            x += block.Box.Width + BetweenBlocks;
            (width, rowHeight) = (Math.Max(width, x - BetweenBlocks), Math.Max(rowHeight, block.Box.Height));
        }

        return new NestedBlocks(placed, Math.Max(width + Padding, WidthOf(node.Name) + Padding), y + rowHeight + Padding);
    }

    /// <summary>The cells that an edge leads through, from its upper end to its lower one.</summary>
    private static (GraphEdge Edge, bool IsBack, List<Link> Links) Chain(
        GraphEdge edge, bool isBack, Dictionary<string, Cell> cells, List<List<Cell>> grid)
    {
        var (upper, lower) = isBack ? (cells[edge.To], cells[edge.From]) : (cells[edge.From], cells[edge.To]);
        var links = new List<Link>();
        for (var row = upper.Row + 1; row < lower.Row; row++)
        {
            var passage = new Cell(null, row, 4, 0);
            grid[row].Add(passage);
            links.Add(Join(upper, passage, links.Count == 0 ? 1 : 6));
            upper = passage;
        }

        links.Add(Join(upper, lower, links.Count > 0 ? 1 : edge.Kind switch { GraphEdgeKind.Next => 6, GraphEdgeKind.Choice => 3, _ => 1 }));
        return (edge, isBack, links);
    }

    private static Link Join(Cell upper, Cell lower, double pull)
    {
        var link = new Link(upper, lower, pull);
        upper.Down.Add(link);
        lower.Up.Add(link);
        return link;
    }

    /// <summary>Edges leave and enter a node side by side, in the order of where they lead.</summary>
    private static void SpreadPorts(IEnumerable<Cell> cells)
    {
        foreach (var cell in cells)
        {
            var room = cell.Width - 24;
            Spread([.. cell.Down.OrderBy(l => l.Lower.X)], room, (link, x) => link.UpperPort = x);
            Spread([.. cell.Up.OrderBy(l => l.Upper.X)], room, (link, x) => link.LowerPort = x);
        }
    }

    private static void Spread(List<Link> links, double room, Action<Link, double> set)
    {
        var step = links.Count < 2 ? 0 : Math.Min(16, room / (links.Count - 1));
        for (var i = 0; i < links.Count; i++)
        {
            set(links[i], (i - ((links.Count - 1) / 2.0)) * step);
        }
    }

    private static PlacedBlock Settle(
        Dictionary<string, Cell> cells, List<List<Cell>> grid, List<(GraphEdge Edge, bool IsBack, List<Link> Links)> chains, Dictionary<string, NestedBlocks> nested)
    {
        var left = grid.SelectMany(r => r).Min(c => c.Left) - Padding;
        var width = grid.SelectMany(r => r).Max(c => c.Left + c.Width) + Padding - left;
        var tops = new double[grid.Count];
        var bottoms = new double[grid.Count];
        var y = Padding;
        for (var i = 0; i < grid.Count; i++)
        {
            tops[i] = y;
            bottoms[i] = y + grid[i].Max(c => c.Height);
            y = bottoms[i] + Gap + Math.Min(22, grid[i].Sum(c => c.Down.Count) * 1.5);
        }

        Spot At(double x, double atY) => new(Math.Round(x - left, 1), Math.Round(atY, 1));
        var nodes = cells.Values.Select(c =>
        {
            var corner = At(c.Left, tops[c.Row]);
            return new PlacedNode(c.Node!, new Box(corner.X, corner.Y, c.Width, c.Height), [.. nested[c.Node!.Name].Blocks.Select(b => b.Moved(corner.X, corner.Y))]);
        });
        var edges = chains.Select(chain =>
        {
            var first = chain.Links[0].Upper;
            var points = new List<Spot> { At(first.X + chain.Links[0].UpperPort, tops[first.Row] + first.Height) };
            foreach (var link in chain.Links)
            {
                points.Add(At(link.Upper.X + link.UpperPort, bottoms[link.Upper.Row]));
                points.Add(At(link.Lower.X + link.LowerPort, tops[link.Lower.Row]));
            }

            return new PlacedEdge(chain.Edge, points, chain.IsBack);
        });
        return new PlacedBlock(new Box(0, 0, Math.Round(width, 1), Math.Round(bottoms[^1] + Padding, 1)), [.. nodes], [.. edges]);
    }

    private sealed record NestedBlocks(IReadOnlyList<PlacedBlock> Blocks, double Width, double Height);
}
