using System.Collections.Concurrent;
using System.Text.Json;
using Shop.Asl.History;
using Shop.Rehearsal.ControlRoom.Graph;
using Shop.Rehearsal.ControlRoom.Live;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.ControlRoom.Page;

/// <summary>An execution as graph, table, events or definition.</summary>
internal static class MachinePanel
{
    private const int MostEvents = 400;
    private static readonly ConcurrentDictionary<string, PlacedBlock> Layouts = new();

    public static PlacedBlock LayoutOf(string definition) => Layouts.GetOrAdd(definition, static d => GraphLayout.Place(DefinitionGraph.Read(d)));

    public static Html Render(Execution? execution, StateMachineRecord? preview, RoomQuery query, string? formKey, DateTimeOffset now)
    {
        if (execution is null)
        {
            return Nothing(preview, query);
        }

        var trace = ExecutionTrace.Of(execution);
        var ended = execution.Outcome.StopDate;
        var status = ExecutionOutcome.Name(execution.Status);
        var buttons = execution.Status == Asl.ExecutionStatus.Running ? CommandButton.Stop(execution)
            : execution.Status == Asl.ExecutionStatus.Succeeded ? null : CommandButton.Redrive(execution);
        return Html.Of($"""
            <div class="bar"><p class="which" data-execution-status="{status}"><b>{execution.StateMachineName}</b> in {MoveClock.RegionOf(execution)} <span class="status">{Words.Mark(MarkOf(execution))}{status}</span> {Words.Elapsed(execution.RedriveDate ?? execution.StartDate, ended, now)}</p>
            <nav class="tabs" aria-label="Ways to see the execution">{Html.Each(RoomQuery.Views, v => Html.Of($"""<a href="{query.Link(view: v)}"{(v == query.View ? new Html(" aria-current=\"page\"") : Html.None)}>{char.ToUpperInvariant(v[0])}{v[1..]}</a>"""))}</nav>
            {buttons?.Render(formKey, execution.StateMachineName) ?? Html.None}</div>
            {Error(execution)}
            {View(execution, trace, query, now)}
            """);
    }

    private static Html Nothing(StateMachineRecord? preview, RoomQuery query) => Html.Of($"""
        <p class="empty"><b>{(query.Execution is null ? "No move has run yet." : "There is no such execution; it may be of an earlier run.")}</b> Start a switchover or a failover, or lose the writing Region and let the alarm start it: it is drawn here while it runs.{(preview is null ? "" : " This is what will run:")}</p>
        {(preview is null ? Html.None : Html.Of($"""
        <div class="scroll graph-scroll" tabindex="0" role="region" aria-label="Graph of {preview.Name}" data-follow="{preview.Arn}">{GraphSvg.Draw(
            preview.Name, LayoutOf(preview.Machine.Definition), _ => StateStatus.Waiting, new HashSet<(string, string)>(), state => query.Link(step: state), query.Step)}</div>
        """))}
        """);

    private static Html View(Execution execution, ExecutionTrace trace, RoomQuery query, DateTimeOffset now) => query.View switch
    {
        "table" => Table(trace, query, now),
        "events" => Events(execution),
        "definition" => Html.Of($"""<div class="scroll" tabindex="0" role="region" aria-label="Definition"><pre>{execution.StateMachine.Machine.Definition}</pre></div>"""),
        _ => Graph(execution, trace, query),
    };

    private static Html Graph(Execution execution, ExecutionTrace trace, RoomQuery query) => Html.Of($"""
        <div class="scroll graph-scroll" tabindex="0" role="region" aria-label="Graph of {execution.StateMachineName}" data-follow="{execution.Arn}">{GraphSvg.Draw(
            execution.StateMachineName, LayoutOf(execution.StateMachine.Machine.Definition), trace.StatusOf, trace.Ways, state => query.Link(step: state), query.Step)}</div>
        <ul class="legend" aria-label="Legend"><li data-status="running">running</li><li data-status="succeeded">succeeded</li><li data-status="caught">failed, handled</li><li data-status="failed">failed</li><li data-status="waiting">not reached</li><li><button type="button" class="quiet" data-fit aria-pressed="false">Fit whole graph</button></li></ul>
        """);

    private static Html Table(ExecutionTrace trace, RoomQuery query, DateTimeOffset now) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="Table of states"><table><thead><tr><th>State</th><th>Type</th><th>Status</th><th>Attempts</th><th>Entered</th><th>Took</th><th>Error</th></tr></thead><tbody>
        {Html.Each(trace.Visits, v => Html.Of($"""<tr><td><a href="{query.Link(step: v.Name)}">{v.Name}</a></td><td>{v.Type}</td><td data-status="{v.Status.Code()}">{Words.Mark(MarkOf(v.Status))}{v.Status.Code()}</td><td>{Count(v.Attempts)}</td><td>{Words.Time(v.EnteredAt)}</td><td>{(v.LeftAt is null && v.Status is not (StateStatus.Running or StateStatus.Retrying) ? Html.None : Words.Elapsed(v.EnteredAt, v.LeftAt, now))}</td><td>{v.Error}</td></tr>"""))}
        </tbody></table></div>
        """);

    private static Html Events(Execution execution)
    {
        var events = execution.Events;
        return Html.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="Events, newest first"><table><thead><tr><th>Id</th><th>Time</th><th>Event</th><th>Of</th><th>After</th></tr></thead><tbody>
            {Html.Each(events.Reverse().Take(MostEvents), e => Html.Of($"""<tr><td>{e.Id}</td><td>{Words.Time(e.Timestamp)}</td><td>{e.Type}</td><td>{About(e)}</td><td>{e.PreviousEventId}</td></tr>"""))}
            </tbody></table>{(events.Count > MostEvents ? Html.Of($"<p class=\"hint\">The newest {MostEvents} of {events.Count}; GetExecutionHistory has all of them.</p>") : Html.None)}</div>
            """);
    }

    private static string About(HistoryEvent item) => item.Details switch
    {
        StateEnteredDetails entered => entered.Name,
        StateExitedDetails exited => exited.Next is null ? exited.Name : $"{exited.Name}, then {exited.Next}",
        TaskScheduledDetails scheduled => $"{scheduled.ResourceType}:{scheduled.Resource}",
        TaskFailureDetails failure => failure.Error ?? "",
        FailureDetails failure => failure.Error ?? "",
        MapIterationDetails iteration => $"{iteration.Name}, item {iteration.Index}",
        _ => "",
    };

    private static Html Error(Execution execution) => execution.Outcome.Error is not { } error ? Html.None
        : Html.Of($"""<p class="error" role="note">{Words.Mark("bad")}<b>{error}</b> {Short(execution.Outcome.Cause)}</p>""");

    private static string Count(int attempts) => attempts == 0 ? "" : attempts.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Short(string? text) => text is null ? "" : text.Length <= 300 ? text : text[..300] + "…";

    public static string MarkOf(Execution execution) => execution.Status switch
    {
        Asl.ExecutionStatus.Running => "move",
        Asl.ExecutionStatus.Succeeded => "ok",
        Asl.ExecutionStatus.Aborted => "off",
        _ => "bad",
    };

    public static string MarkOf(StateStatus status) => status switch
    {
        StateStatus.Succeeded => "ok",
        StateStatus.Running => "move",
        StateStatus.Retrying or StateStatus.Caught => "warn",
        StateStatus.Failed => "bad",
        _ => "off",
    };
}
