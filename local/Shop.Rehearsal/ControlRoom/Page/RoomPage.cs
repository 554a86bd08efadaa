using System.Text.Json;
using Shop.Rehearsal.ControlRoom.Live;

namespace Shop.Rehearsal.ControlRoom.Page;

/// <summary>The page: fixed frame, and panels that are made anew whenever what they show has changed.</summary>
internal static class RoomPage
{
    public const string Machine = "machine";

    /// <summary>What the page consists of, by the id of the element that holds it.</summary>
    public static IEnumerable<(string Id, Func<Html> Make)> Panels(RoomView room, RoomQuery query, string? formKey)
    {
        var shown = query.Choose(room);
        return
        [
            ("headline", () => SidePanels.Headline(room, formKey)),
            ("regions", () => RegionPanels.Render(room, formKey)),
            ("clock", () => SidePanels.Clock(room)),
            ("phases", () => PhaseStrip.Render(shown)),
            (Machine, () => MachinePanel.Render(shown, room.Preview, query, formKey, room.At)),
            ("step", () => StepPanel.Render(shown, room.Preview, query, room.At)),
            ("executions", () => SidePanels.Executions(room, query, shown)),
            ("moves", () => SidePanels.Moves(room, formKey)),
            ("faults", () => SidePanels.Faults(room, formKey)),
            ("timeline", () => SidePanels.Timeline(room)),
            ("reports", () => SidePanels.Reports(room, query)),
            ("audit", () => SidePanels.Audit(room)),
        ];
    }

    public static Html Render(RoomView room, RoomQuery query, string? formKey)
    {
        var panels = Panels(room, query, formKey).ToDictionary(p => p.Id, p => p.Make());
        var readOnly = formKey is not null ? Html.None : new("""<p class="readonly" id="look-only">You may look. To act, open the address that <code>make up</code> printed: it holds the token.</p>""");
        return Html.Of($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
            <title>Control room</title><link rel="stylesheet" href="/assets/room.css"><link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
            <script src="/assets/charts.js" defer></script><script src="/assets/room.js" defer></script></head>
            <body data-regions="{string.Join(' ', room.Regions.Select(r => r.Name))}">
            <a class="skip" href="#machine-section">Skip to the state machine</a><a class="skip" href="#moves">Skip to the actions</a>
            <header class="top"><h1>Control room</h1><p class="live" id="live" data-state="waiting"><i aria-hidden="true"></i><span>not live</span></p>
            <label class="who">You are <input id="by" value="operator" maxlength="40" autocomplete="off" spellcheck="false"></label></header>
            <noscript><p class="readonly">Without scripts the page does not refresh by itself; load it again to see what has changed.</p></noscript>
            {readOnly}
            <main>
            <section id="headline" aria-label="State of the store">{panels["headline"]}</section>
            <div id="regions">{panels["regions"]}</div>
            <section class="card journeys" aria-labelledby="journeys-title"><header><h2 id="journeys-title">What shoppers get</h2><p class="hint" id="cursor">last 5 minutes</p></header>
            <div id="charts"><p class="hint">The charts need scripts.</p></div>
            <div class="under"><details><summary>As a table</summary><div id="chart-table" tabindex="0" role="region" aria-label="Figures of the last minute"></div></details></div></section>
            <div class="columns">
            <div class="left">
            <section class="card" id="machine-section" aria-label="State machine"><h2 class="aside">State machine</h2><div id="phases">{panels["phases"]}</div><div id="machine">{panels["machine"]}</div></section>
            <div class="pair"><section class="card" aria-labelledby="executions-title"><h2 id="executions-title">Executions</h2><div id="executions">{panels["executions"]}</div></section>
            <section class="card" aria-labelledby="timeline-title"><h2 id="timeline-title">Timeline</h2><div id="timeline" class="scroll" tabindex="0" role="region" aria-label="Timeline, newest first">{panels["timeline"]}</div></section></div>
            </div>
            <div class="right">
            <section class="card clock" id="clock" aria-label="Clock of the move">{panels["clock"]}</section>
            <section class="card" id="step" aria-label="Step">{panels["step"]}</section>
            <section class="card" id="moves" aria-label="Actions" tabindex="-1">{panels["moves"]}</section>
            <section class="card" id="faults" aria-label="Faults">{panels["faults"]}</section>
            </div>
            </div>
            <section class="card" aria-labelledby="reports-title"><h2 id="reports-title">Missing-transaction reports</h2><div id="reports" class="wide">{panels["reports"]}</div></section>
            <section class="card" aria-labelledby="audit-title"><h2 id="audit-title">Who did what</h2><div id="audit" class="wide">{panels["audit"]}</div></section>
            </main>
            <dialog id="ask" aria-labelledby="ask-title"><form method="dialog"><h2 id="ask-title"></h2><p id="ask-text"></p><label>Why? <input id="ask-reason" maxlength="200" autocomplete="off"></label><div class="buttons"><button value="yes" class="primary" id="ask-yes">Do it</button><button value="no" id="ask-no">Cancel</button></div></form></dialog>
            <p id="told" role="status"></p><p id="spoken" class="aside" aria-live="polite"></p>
            </body></html>
            """);
    }

    /// <summary>What the charts begin with, or go on with.</summary>
    public static string Samples(Recorder recorder, long since, out long number)
    {
        (var samples, number) = recorder.Since(since);
        return JsonSerializer.Serialize(new ChartData(samples, recorder.Bands), RoomJson.Default.ChartData);
    }
}

internal sealed record ChartData(IReadOnlyList<Sample> Samples, IReadOnlyList<Band> Bands);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[System.Text.Json.Serialization.JsonSerializable(typeof(ChartData))]
[System.Text.Json.Serialization.JsonSerializable(typeof(PanelMessage))]
[System.Text.Json.Serialization.JsonSerializable(typeof(GraphMessage))]
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class RoomJson : System.Text.Json.Serialization.JsonSerializerContext;

internal sealed record PanelMessage(string Id, string Html);

/// <param name="States">Status code and its words, by state.</param>
internal sealed record GraphMessage(string Execution, IReadOnlyDictionary<string, string[]> States, IReadOnlyList<string> Ways);
