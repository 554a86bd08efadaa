using Microsoft.AspNetCore.WebUtilities;
using Shop.Rehearsal.ControlRoom.Live;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.ControlRoom.Page;

/// <summary>What the visitor looks at, as the address says it. Without an execution the page follows the one that matters most.</summary>
internal sealed record RoomQuery(string? Execution, string? Step, string View, string? Report)
{
    public static readonly string[] Views = ["graph", "table", "events", "definition"];

    private static readonly string[] Importance = ["regional-failover", "failback", "reconciliation"];

    public static RoomQuery Of(HttpRequest request) => new(
        Text(request, "execution"), Text(request, "step"), Text(request, "view") is { } view && Views.Contains(view) ? view : "graph", Text(request, "report"));

    /// <summary>A running move, else a running reconciliation, else the newest of either; null when there is none.</summary>
    public Execution? Choose(RoomView room) => Execution is not null
        ? room.Executions.FirstOrDefault(e => e.Arn == Execution)
        : room.Executions.Where(e => Importance.Contains(e.StateMachineName))
            .OrderByDescending(e => e.Status == Asl.ExecutionStatus.Running)
            .ThenBy(e => e.Status == Asl.ExecutionStatus.Running ? Array.IndexOf(Importance, e.StateMachineName) : 0)
            .ThenByDescending(e => e.StartDate).FirstOrDefault();

    public string Link(string? execution = null, string? step = null, string? view = null, string? report = null)
    {
        var all = new Dictionary<string, string?>
        {
            ["execution"] = execution ?? Execution, ["step"] = step ?? (execution is null ? Step : null), ["view"] = view ?? (View == "graph" ? null : View), ["report"] = report ?? Report,
        };
        var link = QueryHelpers.AddQueryString("", all.Where(p => !string.IsNullOrEmpty(p.Value)).ToDictionary());
        return link.Length == 0 ? "?" : link;
    }

    private static string? Text(HttpRequest request, string name) => request.Query[name] is [{ Length: > 0 } text] ? text : null;
}
