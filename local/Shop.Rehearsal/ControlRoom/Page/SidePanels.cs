using Shop.Rehearsal.ControlRoom.Live;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.ControlRoom.Page;

/// <summary>Clock, moves, faults, executions, timeline, reports, audit.</summary>
internal static class SidePanels
{
    private const int MostLines = 60;

    public static Html Headline(RoomView room, string? formKey)
    {
        var headline = Page.Headline.Of(room);
        return Html.Of($"""
            <div class="headline" data-level="{headline.Level}">{Words.Mark(headline.Level)}<div><p class="title" id="headline-text">{headline.Title}</p><p>{headline.Detail}</p></div><div class="next">{Html.Each(headline.Next, b => b.Render(formKey))}</div></div>
            """);
    }

    public static Html Clock(RoomView room)
    {
        if (room.Clock is not { } clock)
        {
            return new("""<h2>Clock</h2><p class="big">0.0 s</p><p class="hint">It runs from the moment a writing Region is lost, or a planned move begins, to the first order that the other Region acknowledges.</p>""");
        }

        var label = clock.IsOutage ? clock.EndedAt is null ? "RTO so far" : "RTO" : clock.EndedAt is null ? "Moving for" : "The move took";
        return Html.Of($"""
            <h2>{label}</h2><p class="big" data-running="{(clock.EndedAt is null ? "true" : "false")}">{Words.Elapsed(clock.StartedAt, clock.EndedAt, room.At)}</p><p class="hint">{clock.Title} at {Words.Time(clock.StartedAt)}{(clock.EndedBy.Length > 0 ? Html.Of($"; {clock.EndedBy}") : Html.None)}</p>
            <ol class="marks">{Html.Each(clock.Marks, m => Html.Of($"<li><b>{m.Name}</b><span>+{Words.Span(m.At - clock.StartedAt)}</span></li>"))}</ol>
            """);
    }

    public static Html Moves(RoomView room, string? formKey)
    {
        var writer = room.Writer;
        var other = room.Regions.FirstOrDefault(r => r != writer) ?? room.Regions[^1];
        var isMoving = room.Executions.Any(e => e.StateMachineName is "regional-failover" or "failback" && e.Status == Asl.ExecutionStatus.Running);
        return Html.Of($"""
            <h2>Move the store</h2>
            <div class="buttons">{CommandButton.Switchover(other.Name).Render(formKey, "planned, loses nothing", !isMoving && room.Regions.All(r => r.IsOn))}
            {CommandButton.Failover(other.Name).Render(formKey, "unplanned, may lose orders", !isMoving && other.IsOn)}
            {(CommandButton.Failback with { Style = "" }).Render(formKey, $"to {room.Regions[0].Name}", !isMoving && writer?.Role == "standby" && room.Regions[0].IsOn)}</div>
            <h2>Shoppers</h2>
            <p class="hint">{(room.Shoppers == 0 ? "Nobody browses or buys now." : $"{room.Shoppers} shoppers browse and buy at the same time.")}</p>
            <div class="buttons">{Html.Each((int[])[3, 6, 0], n => new CommandButton("shoppers", $"{n}", n == 0 ? "Send home" : $"Send {n}", "").Render(formKey, n == 0 ? "all shoppers" : "shoppers", n != room.Shoppers))}<a class="button" href="{room.Store}" target="_blank" rel="noopener">Open the store</a></div>
            """);
    }

    public static Html Faults(RoomView room, string? formKey) => Html.Of($"""
        <h2>Faults</h2>
        <div class="active">{(room.Faults.Count == 0 ? new Html("<p class=\"hint\">Nothing is broken on purpose.</p>") : Html.Each(room.Faults, f => Html.Of($"""<div class="fault-on">{Words.Mark("warn")}<span><b>{f.Title}</b> since {Words.Time(f.Since)}</span>{CommandButton.EndFault(f).Render(formKey, f.Title)}</div>""")))}
        {(CommandButton.Heal with { Style = room.Faults.Count > 0 ? "primary" : "" }).Render(formKey, null, room.Faults.Count > 0)}</div>
        <ul class="faults">{Html.Each(FaultKind.All, k => FaultLine(room, k, formKey))}</ul>
        """);

    private static Html FaultLine(RoomView room, FaultKind kind, string? formKey)
    {
        var places = kind.TakesRegion ? room.Regions.Select(r => (Name: (string?)r.Name, r.IsOn)) : [(Name: null, IsOn: true)];
        return Html.Of($"""
            <li><details><summary>{kind.Title}</summary><p>{kind.Effect}</p></details><div class="buttons">{Html.Each(places, p =>
                CommandButton.Fault(kind, p.Name).Render(formKey, kind.Title, p.IsOn && !room.Faults.Any(f => f.Kind == kind && f.Region == p.Name)))}</div></li>
            """);
    }

    public static Html Executions(RoomView room, RoomQuery query, Execution? shown)
    {
        var rows = room.Executions.Where(e => e.StateMachineName is not ("preflight" or "routing-control") || e.Status != Asl.ExecutionStatus.Succeeded).Take(14)
            .Concat(room.Executions.Where(e => e.StateMachineName is "preflight" or "routing-control" && e.Status == Asl.ExecutionStatus.Succeeded).Take(4)).ToList();
        return rows.Count == 0 ? new("""<p class="hint">None yet.</p>""") : Html.Of($"""
            <ul class="executions">{Html.Each(rows, e => Html.Of($"""<li><a href="{query.Link(execution: e.Arn)}"{(e == shown ? new Html(" aria-current=\"true\"") : Html.None)}>{Words.Mark(MachinePanel.MarkOf(e))}<span><b>{e.StateMachineName}</b> {MoveClock.RegionOf(e)}<small>{Words.Time(e.StartDate)} · {ExecutionOutcome.Name(e.Status).ToLowerInvariant()}{(e.RedriveCount > 0 ? $", redriven {e.RedriveCount} ×" : "")}</small></span></a></li>"""))}</ul>
            {(query.Execution is null ? Html.None : Html.Of($"""<p><a href="?{(query.View == "graph" ? "" : $"view={query.View}")}">Follow the newest move again</a></p>"""))}
            """);
    }

    public static Html Timeline(RoomView room) => room.Timeline.Count == 0 ? new("""<p class="hint">Nothing has happened yet.</p>""")
        : Html.Of($"""<ol class="timeline">{Html.Each(room.Timeline.Take(MostLines), h => Html.Of($"<li>{Words.Time(h.At)}<span>{h.Text}</span></li>"))}</ol>""");

    public static Html Reports(RoomView room, RoomQuery query)
    {
        if (room.Reports.Count == 0)
        {
            return new("""<p class="hint">None yet. After an unplanned failover the lost Region is compared with the new writer as soon as it is restored, and every order that did not survive is listed here.</p>""");
        }

        var open = room.Reports.FirstOrDefault(r => r.Id == query.Report);
        return Html.Of($"""
            <table class="reports"><thead><tr><th>Database</th><th>Written</th><th>Missing</th><th>Money</th><th>Changed</th><th>Resurrected</th><th>Claim</th><th>Files</th></tr></thead><tbody>{Html.Each(room.Reports, r => Html.Of($"""
            <tr{(r == open ? new Html(" aria-current=\"true\"") : Html.None)}><td>{r.Database}</td><td>{Words.Time(r.WrittenAt)}</td><td class="{(r.Missing > 0 ? "alert" : "")}">{Words.Mark(r.Missing > 0 ? "warn" : "ok")}{r.Missing} {r.Noun}s</td><td>{(r.Money.Length == 0 ? "0" : r.Money)}</td><td>{r.Changed}</td><td>{r.Resurrected}</td><td>{r.Completeness}</td>
            <td><a href="{query.Link(report: r.Id)}#report">Open here<span class="aside"> the {r.Database} report</span></a> <a href="/reports/{r.Id}/report.html" target="_blank" rel="noopener">Page</a> <a href="/reports/{r.Id}/report.json">JSON</a> <a href="/reports/{r.Id}/missing.csv">CSV</a></td></tr>
            """))}</tbody></table>
            {(open is null ? Html.None : Html.Of($"""<div id="report"><p class="bar"><b>Missing-transaction report of {open.Database}</b> <a href="?">Close the report</a></p><iframe title="Missing-transaction report of {open.Database}" src="/reports/{open.Id}/report.html" sandbox="allow-same-origin"></iframe></div>"""))}
            """);
    }

    public static Html Audit(RoomView room) => room.Audit.Count == 0 ? new("""<p class="hint">Nobody has done anything yet.</p>""") : Html.Of($"""
        <table><thead><tr><th>Time</th><th>Who</th><th>Did</th><th>Why</th><th>Result</th></tr></thead><tbody>{Html.Each(room.Audit.Take(MostLines), a => Html.Of($"""
        <tr><td>{Words.Time(a.At)}</td><td>{a.By}<small> {a.Via}</small></td><td><code>{Brief(a.Command)}</code></td><td>{a.Reason}</td><td>{Words.Mark(a.Succeeded switch { true => "ok", false => "bad", null => "move" })}{(a.Succeeded is null ? "under way" : FirstLine(a.Answer))}</td></tr>
        """))}</tbody></table>
        """);

    /// <summary>An ARN's last parts say which execution it is.</summary>
    private static string Brief(string command) => command.Contains("arn:", StringComparison.Ordinal) ? $"{command.Split(' ')[0]} {string.Join(' ', command.Split(':').TakeLast(2))}" : command;

    private static string FirstLine(string? text) => text?.Split('\n')[0] is { } line ? line.Length > 160 ? line[..160] + "…" : line : "";
}
