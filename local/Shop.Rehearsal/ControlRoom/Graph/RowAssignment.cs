namespace Shop.Rehearsal.ControlRoom.Graph;

/// <summary>Gives each node of a block a row such that edges lead down, but for those that close a loop.</summary>
internal sealed class RowAssignment
{
    private readonly Dictionary<string, int> _rows = [];
    private readonly HashSet<GraphEdge> _back = [];
    private readonly ILookup<string, GraphEdge> _outgoing;

    private RowAssignment(GraphBlock block) => _outgoing = block.Edges.ToLookup(e => e.From);

    public static RowAssignment Of(GraphBlock block)
    {
        var rows = new RowAssignment(block);
        rows.FindLoops(block);
        rows.Assign(block);
        return rows;
    }

    public int RowOf(string node) => _rows[node];

    public bool IsBack(GraphEdge edge) => _back.Contains(edge);

    /// <summary>Depth first from the start: an edge to a state that is still being visited closes a loop.</summary>
    private void FindLoops(GraphBlock block)
    {
        var done = new HashSet<string>();
        var open = new HashSet<string>();
        void Visit(string node)
        {
            if (!done.Add(node))
            {
                return;
            }

            open.Add(node);
            foreach (var edge in _outgoing[node])
            {
                if (open.Contains(edge.To))
                {
                    _back.Add(edge);
                }
                else
                {
                    Visit(edge.To);
                }
            }

            open.Remove(node);
        }

        Visit(block.Start);
        foreach (var node in block.Nodes)
        {
            Visit(node.Name);
        }
    }

    /// <summary>One below the lowest of those that lead to it.</summary>
    private void Assign(GraphBlock block)
    {
        var incoming = block.Edges.Where(e => e.From != e.To)
            .Select(e => IsBack(e) ? (From: e.To, To: e.From) : (e.From, e.To)).ToLookup(e => e.To, e => e.From);
        int Row(string node)
        {
            if (!_rows.TryGetValue(node, out var row))
            {
                row = incoming[node].Select(from => Row(from) + 1).DefaultIfEmpty(0).Max();
                _rows[node] = row;
            }

            return row;
        }

        foreach (var node in block.Nodes)
        {
            _ = Row(node.Name);
        }
    }
}
