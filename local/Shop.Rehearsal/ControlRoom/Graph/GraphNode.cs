namespace Shop.Rehearsal.ControlRoom.Graph;

/// <summary>A state as it is drawn. Names are unique in a whole definition, also across nested blocks.</summary>
/// <param name="Blocks">The branches of a Parallel state, or the one processor of a Map state.</param>
internal sealed record GraphNode(string Name, string Type, string? Comment, IReadOnlyList<GraphBlock> Blocks);

internal enum GraphEdgeKind
{
    Next,
    Choice,
    Catch,
}

/// <summary>From one state to another of the same block. Several ways between the same two are one edge, of the most ordinary kind.</summary>
internal sealed record GraphEdge(string From, string To, GraphEdgeKind Kind);

/// <summary>States that start at one of them: a machine, a branch, a processor.</summary>
internal sealed record GraphBlock(string Start, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges)
{
    /// <summary>Every node, also those of nested blocks.</summary>
    public IEnumerable<GraphNode> All => Nodes.SelectMany(n => n.Blocks.SelectMany(b => b.All).Prepend(n));
}
