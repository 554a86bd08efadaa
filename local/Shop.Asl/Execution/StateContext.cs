using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Paths;

namespace Shop.Asl.Execution;

/// <summary>What the fields of the state being run can refer to besides its data: <c>$$</c> and variables.</summary>
internal sealed class StateContext(Run run, VariableScope variables, MapItem? item)
{
    private JsonElement? _state;
    private JsonElement? _task;
    private JsonElement? _map;
    private JsonElement? _whole;

    public VariableScope Variables { get; } = variables;

    public Randomness Random => run.Random;

    public string StateName { get; private set; } = "";

    public DateTimeOffset EnteredTime { get; private set; }

    public int RetryCount { get; private set; }

    public string? TaskToken { get; private set; }

    public MapItem? Item { get; } = item;

    public void Enter(string stateName)
    {
        StateName = stateName;
        EnteredTime = run.Time.GetUtcNow();
        BeginAttempt(0, null);
    }

    public void BeginAttempt(int retryCount, string? taskToken)
    {
        RetryCount = retryCount;
        TaskToken = taskToken;
        (_state, _task, _whole) = (null, null, null);
    }

    /// <summary>The same state seen by one item: for ItemSelector.</summary>
    public StateContext With(MapItem other) => new(run, Variables, other)
    {
        StateName = StateName,
        EnteredTime = EnteredTime,
        RetryCount = RetryCount,
    };

    /// <summary>Finds the value at a definite path. Only the part of the context that the path leads into is made.</summary>
    public bool TryFind(ReadOnlySpan<PathSegment> segments, out JsonElement value)
    {
        if (segments.IsEmpty)
        {
            value = ToJson();
            return true;
        }

        if ((segments[0] as ChildSegment)?.Name is not { } name || Part(name) is not { } part)
        {
            value = default;
            return false;
        }

        value = part;
        return PathSegment.TryFollow(segments[1..], ref value);
    }

    public JsonElement ToJson() => _whole ??= Json.Build(this, static (writer, context) =>
    {
        writer.WriteStartObject();
        foreach (var name in (ReadOnlySpan<string>)["Execution", "StateMachine", "State", "Task", "Map"])
        {
            if (context.Part(name) is { } part)
            {
                writer.WritePropertyName(name);
                writer.WriteRaw(part);
            }
        }

        writer.WriteEndObject();
    });

    private JsonElement? Part(string name) => name switch
    {
        "Execution" => run.ExecutionJson,
        "StateMachine" => run.StateMachineJson,
        "State" => _state ??= Json.Build(this, static (writer, context) =>
        {
            writer.WriteStartObject();
            writer.WriteString("Name"u8, context.StateName);
            writer.WriteString("EnteredTime"u8, Timestamps.Format(context.EnteredTime));
            writer.WriteNumber("RetryCount"u8, context.RetryCount);
            writer.WriteEndObject();
        }),
        "Task" when TaskToken is not null => _task ??= Json.Build(TaskToken, static (writer, token) =>
        {
            writer.WriteStartObject();
            writer.WriteString("Token"u8, token);
            writer.WriteEndObject();
        }),
        "Map" when Item is not null => _map ??= Json.Build(Item, static (writer, item) =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("Item"u8);
            writer.WriteNumber("Index"u8, item.Index);
            writer.WritePropertyName("Value"u8);
            writer.WriteRaw(item.Value);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }),
        _ => null,
    };
}
