using System.Globalization;
using System.Text;
using Shop.Rehearsal.ControlRoom.Page;

namespace Shop.Rehearsal.ControlRoom.Graph;

/// <summary>The picture of a machine. Colours, icons and dashes come from the style sheet by <c>data-status</c>, which is all that changes while it runs.</summary>
internal static class GraphSvg
{
    public static Html Draw(string machine, PlacedBlock graph, Func<string, StateStatus> statusOf, IReadOnlySet<(string From, string To)> ways, Func<string, string> link, string? selected)
    {
        var (width, height) = (graph.Box.Width, graph.Box.Height);
        return Html.Of($"""
            <svg class="graph" role="group" aria-label="State machine {machine}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
            <defs>{Arrow("arrow")}{Arrow("arrow-taken")}</defs>
            {Html.Each(graph.Nodes.Where(n => n.Blocks.Count > 0), n => Frame(n, statusOf, link, selected))}
            {Html.Each(graph.AllEdges, e => Edge(e, ways))}
            {Html.Each(graph.AllNodes.Where(n => n.Blocks.Count == 0), n => Node(n, statusOf, link, selected))}
            </svg>
            """);
    }

    private static Html Arrow(string id) => Html.Of(
        $"""<marker id="{id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0.8 7.5 4 0 7.2z"/></marker>""");

    private static Html Frame(PlacedNode placed, Func<string, StateStatus> statusOf, Func<string, string> link, string? selected)
    {
        var (box, node) = (placed.Box, placed.Node);
        return Html.Of($"""
            {Open(node, statusOf, link, selected, "frame")}
            <rect x="{box.X}" y="{box.Y}" width="{box.Width}" height="{box.Height}" rx="8"/>
            {Icon(box.X + 10, box.Y + 7)}<text x="{box.X + 30}" y="{box.Y + 19}">{node.Name}</text></a>
            <text class="kind" aria-hidden="true" x="{box.Right - 10}" y="{box.Y + 19}" text-anchor="end">{KindOf(node)}</text>
            {Html.Each(placed.Blocks.Count > 1 ? placed.Blocks : [], b => Html.Of($"""<rect class="branch" x="{b.Box.X}" y="{b.Box.Y}" width="{b.Box.Width}" height="{b.Box.Height}" rx="6"/>"""))}
            """);
    }

    private static Html Node(PlacedNode placed, Func<string, StateStatus> statusOf, Func<string, string> link, string? selected)
    {
        var (box, node) = (placed.Box, placed.Node);
        var round = node.Type is "Succeed" or "Fail" ? box.Height / 2 : node.Type == "Choice" ? 3 : 7;
        return Html.Of($"""
            {Open(node, statusOf, link, selected, node.Type.ToLowerInvariant())}<rect x="{box.X}" y="{box.Y}" width="{box.Width}" height="{box.Height}" rx="{round}"/>{Icon(box.X + 8, box.Y + 7)}<text x="{box.X + 28}" y="{box.Y + 19.5}">{node.Name}</text></a>
            """);
    }

    private static Html Open(GraphNode node, Func<string, StateStatus> statusOf, Func<string, string> link, string? selected, string kind)
    {
        var status = statusOf(node.Name);
        var current = node.Name == selected ? new Html(" aria-current=\"true\"") : Html.None;
        return Html.Of($"""<a class="node {kind}" href="{link(node.Name)}" data-state="{node.Name}" data-type="{node.Type}" data-status="{status.Code()}" aria-label="{node.Name}, {node.Type}: {status.Words()}"{current}>""");
    }

    private static Html Icon(double x, double y) => Html.Of($"""<g class="icon" transform="translate({x} {y})"><circle cx="8" cy="8" r="8"/><path class="ok" d="M4.5 8.2 7 10.7 11.6 5.6"/><path class="no" d="M5.2 5.2 10.8 10.8M10.8 5.2 5.2 10.8"/><path class="run" d="M8 4V8L10.8 9.6"/><path class="warn" d="M8 4V9M8 11.4V11.6"/></g>""");

    private static string KindOf(GraphNode node) => node.Type == "Map" ? "for each" : $"{node.Blocks.Count} at once";

    private static Html Edge(PlacedEdge edge, IReadOnlySet<(string From, string To)> ways)
    {
        var kind = edge.Edge.Kind.ToString().ToLowerInvariant();
        var taken = ways.Contains((edge.Edge.From, edge.Edge.To)) ? " taken" : "";
        var arrow = edge.IsBack ? "back" : "forth";
        return Html.Of($"""
            <path class="edge {kind} {arrow}{taken}" data-way="{edge.Edge.From} {edge.Edge.To}" d="{Path(edge.Points)}"/>
            """);
    }

    /// <summary>Straight inside rows, a curve in the gaps; a curve stays between the heights of its ends, so it meets no node.</summary>
    public static string Path(IReadOnlyList<Spot> points)
    {
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{points[0].X} {points[0].Y}");
        for (var i = 1; i < points.Count; i++)
        {
            var (from, to) = (points[i - 1], points[i]);
            if (Math.Abs(from.X - to.X) < 0.05)
            {
                path.Append(CultureInfo.InvariantCulture, $"V{to.Y}");
            }
            else
            {
                var middle = Math.Round((from.Y + to.Y) / 2, 1);
                path.Append(CultureInfo.InvariantCulture, $"C{from.X} {middle} {to.X} {middle} {to.X} {to.Y}");
            }
        }

        return path.ToString();
    }
}
