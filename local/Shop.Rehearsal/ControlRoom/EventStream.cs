using System.Text;
using System.Text.Json;
using Shop.Asl;
using Shop.Rehearsal.ControlRoom.Graph;
using Shop.Rehearsal.ControlRoom.Live;
using Shop.Rehearsal.ControlRoom.Page;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.ControlRoom;

/// <summary>
/// Server-sent events for one open page: panels that have changed, states of the graph that is shown, samples for the charts. Who comes back after a
/// break says nothing of what it missed: it gets all anew.
/// </summary>
internal sealed class EventStream(IRoom room, RoomQuery query, string? formKey, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, string> _sent = [];
    private readonly StringBuilder _message = new();
    private long _samples;
    private string _bands = "";
    private string _machine = "";
    private DateTimeOffset _quietSince = time.GetUtcNow();

    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            Collect(room.Look());
            if (_message.Length == 0 && time.GetUtcNow() - _quietSince > Heartbeat)
            {
                _message.Append(": still here\n\n");
            }

            if (_message.Length > 0)
            {
                await response.WriteAsync(_message.ToString(), cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
                _message.Clear();
                _quietSince = time.GetUtcNow();
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private void Collect(RoomView view)
    {
        var shown = query.Choose(view);
        foreach (var (id, make) in RoomPage.Panels(view, query, formKey).Where(p => p.Id != RoomPage.Machine || IsMachineNew(shown)))
        {
            var html = make().Text;
            if (!_sent.TryGetValue(id, out var before) || Still(before) != Still(html))
            {
                _sent[id] = html;
                Send("panel", JsonSerializer.Serialize(new PanelMessage(id, html), RoomJson.Default.PanelMessage));
            }
        }

        if (shown is not null && query.View == "graph")
        {
            SendGraph(shown);
        }

        var first = _samples == 0;
        var data = RoomPage.Samples(room.Recorder, _samples, out var number);
        var bands = string.Join(';', room.Recorder.Bands);
        if (first || number != _samples || bands != _bands)
        {
            (_samples, _bands) = (number, bands);
            Send(first ? "charts" : "samples", data);
        }
    }

    /// <summary>The graph itself is sent once; what moves in it is sent as states. Other views of an execution that runs change with each of its events.</summary>
    private bool IsMachineNew(Execution? shown)
    {
        var key = shown is null ? "" : $"{shown.Arn} {shown.RedriveCount} {shown.Status} {(query.View == "graph" ? 0 : shown.EventCount)}";
        var isNew = key != _machine || !_sent.ContainsKey(RoomPage.Machine);
        _machine = key;
        return isNew;
    }

    private void SendGraph(Execution shown)
    {
        var trace = ExecutionTrace.Of(shown);
        var names = DefinitionNames(shown);
        var states = names.Select(n => (Name: n, Status: trace.StatusOf(n))).ToDictionary(s => s.Name, s => (string[])[s.Status.Code(), s.Status.Words()]);
        var message = JsonSerializer.Serialize(
            new GraphMessage(shown.Arn, states, [.. trace.Ways.Select(w => $"{w.From} {w.To}").Order(StringComparer.Ordinal)]), RoomJson.Default.GraphMessage);
        if (!_sent.TryGetValue("graph", out var before) || before != message)
        {
            _sent["graph"] = message;
            Send("graph", message);
        }
    }

    private static IEnumerable<string> DefinitionNames(Execution shown) =>
        MachinePanel.LayoutOf(shown.StateMachine.Machine.Definition).AllNodes.Select(n => n.Node.Name);

    private void Send(string name, string data) => _message.Append("event: ").Append(name).Append("\ndata: ").Append(data).Append("\n\n");

    /// <summary>Without what the browser counts by itself.</summary>
    private static string Still(string html) => RunningTime.Pattern().Replace(html, "$1");
}

internal static partial class RunningTime
{
    [System.Text.RegularExpressions.GeneratedRegex("""(<span data-since="\d+">)[^<]*""")]
    public static partial System.Text.RegularExpressions.Regex Pattern();
}
