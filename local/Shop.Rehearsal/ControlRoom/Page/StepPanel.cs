using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Rehearsal.ControlRoom.Graph;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.ControlRoom.Page;

/// <summary>One state: what went in, what came out, what went wrong, how often it was tried, how it is defined.</summary>
internal static class StepPanel
{
    private const int MostText = 6000;

    // Not the encoder for web pages: this text is encoded as it is put into one, and should read as it is.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Html Render(Execution? execution, StateMachineRecord? preview, RoomQuery query, DateTimeOffset now)
    {
        var machine = execution?.StateMachine ?? preview;
        if (machine is null || query.Step is not { } name || Find(JsonNode.Parse(machine.Machine.Definition)!.AsObject(), name) is not { } definition)
        {
            return new("""<h2 id="step-title">Step</h2><p class="hint">Choose a state in the graph or the table: its input, output, error, attempts and definition appear here.</p>""");
        }

        var visits = execution is null ? [] : ExecutionTrace.Of(execution).Visits.Where(v => v.Name == name).ToList();
        return Html.Of($"""
            <h2 id="step-title">{name}</h2>
            <p class="comment">{definition["Comment"]?.GetValue<string>()}</p>
            {(visits.Count == 0 ? new Html("<p class=\"hint\">Not reached.</p>") : Html.Each(visits.AsEnumerable().Reverse().Take(4), v => Visit(v, visits.Count, query, now)))}
            <details><summary>Definition</summary><pre tabindex="0">{Write(definition)}</pre></details>
            """);
    }

    private static Html Visit(StateVisit visit, int count, RoomQuery query, DateTimeOffset now)
    {
        var child = ChildOf(visit);
        return Html.Of($"""
            <section class="visit"><p data-status="{visit.Status.Code()}"><b>{visit.Status.Words()}</b>{(count > 1 ? $", entered by event {visit.EnteredEventId}" : "")}</p>
            <dl class="facts"><div><dt>Entered</dt><dd>{Words.Time(visit.EnteredAt)}</dd></div><div><dt>Took</dt><dd>{Words.Elapsed(visit.EnteredAt, visit.LeftAt ?? (visit.Status is StateStatus.Running or StateStatus.Retrying ? null : visit.EnteredAt), now)}</dd></div>
            <div><dt>Attempts</dt><dd>{visit.Attempts}</dd></div><div><dt>Then</dt><dd>{visit.Next ?? (visit.LeftAt is null ? "" : "end")}</dd></div></dl>
            {(child is null ? Html.None : Html.Of($"""<p><a href="{query.Link(execution: child)}">Open the execution that it started</a></p>"""))}
            {(visit.Error is null ? Html.None : Html.Of($"""<p class="error">{Words.Mark("warn")}<b>{visit.Error}</b> {visit.Cause}</p>"""))}
            {Block("Input", visit.Input)}{Block("Asked with", visit.Parameters)}{Block("Output", visit.Output)}</section>
            """);
    }

    private static Html Block(string title, JsonElement? data)
    {
        if (data is not { } value)
        {
            return Html.None;
        }

        var text = Write(Redact(JsonNode.Parse(value.GetRawText())));
        return Html.Of($"""<details><summary>{title}</summary><pre tabindex="0">{(text.Length > MostText ? text[..MostText] + "\n…" : text)}</pre></details>""");
    }

    /// <summary>A task token is a credential: with it anybody may answer for the operator.</summary>
    internal static JsonNode? Redact(JsonNode? node)
    {
        if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.ToList())
            {
                fields[name] = value is JsonValue text && text.TryGetValue<string>(out var token) && (Asl.TaskTokens.IsToken(token) || name.Contains("token", StringComparison.OrdinalIgnoreCase))
                    ? "(a task token, not shown)" : Redact(value?.DeepClone());
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                items[i] = Redact(items[i]?.DeepClone());
            }
        }

        return node;
    }

    private static string Write(JsonNode? node) => node?.ToJsonString(Readable) ?? "null";

    private static JsonObject? Find(JsonObject block, string state)
    {
        foreach (var (name, value) in block["States"]!.AsObject())
        {
            var found = name == state ? value!.AsObject() : Nested(value!.AsObject()).Select(b => Find(b, state)).FirstOrDefault(f => f is not null);
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static IEnumerable<JsonObject> Nested(JsonObject state) =>
        (state["Branches"]?.AsArray().Select(b => b!.AsObject()) ?? []).Concat(((JsonNode?[])[state["ItemProcessor"], state["Iterator"]]).Where(b => b is not null).Select(b => b!.AsObject()));

    private static string? ChildOf(StateVisit visit) => visit.Output is { ValueKind: JsonValueKind.Object } output ? FindArn(output, 3) : null;

    private static string? FindArn(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object when depth > 0 => value.TryGetProperty("ExecutionArn", out var arn) && arn.ValueKind == JsonValueKind.String ? arn.GetString()
            : value.EnumerateObject().Select(p => FindArn(p.Value, depth - 1)).FirstOrDefault(f => f is not null),
        _ => null,
    };
}
