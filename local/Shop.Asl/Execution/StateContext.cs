using System.Text.Json;
using Shop.Asl.Data;

namespace Shop.Asl.Execution;

/// <summary>What the fields of the state being run can refer to besides its data: <c>$$</c> and variables.</summary>
internal sealed class StateContext(Run run, VariableScope variables, MapItem? item)
{
    private JsonElement? _json;

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
        RetryCount = 0;
        TaskToken = null;
        _json = null;
    }

    public void BeginAttempt(int retryCount, string? taskToken)
    {
        RetryCount = retryCount;
        TaskToken = taskToken;
        _json = null;
    }

    /// <summary>The same state seen by one item: for ItemSelector.</summary>
    public StateContext With(MapItem other) => new(run, Variables, other)
    {
        StateName = StateName,
        EnteredTime = EnteredTime,
        RetryCount = RetryCount,
    };

    public JsonElement ToJson() => _json ??= Json.Build(this, static (writer, context) => context.Write(writer));

    private void Write(Utf8JsonWriter writer)
    {
        var options = run.Options;
        writer.WriteStartObject();
        writer.WriteStartObject("Execution"u8);
        writer.WriteString("Id"u8, options.ExecutionArn);
        writer.WritePropertyName("Input"u8);
        writer.WriteRaw(run.Input);
        writer.WriteString("StartTime"u8, run.StartTime);
        writer.WriteString("Name"u8, options.ExecutionName);
        writer.WriteString("RoleArn"u8, options.RoleArn);
        writer.WriteNumber("RedriveCount"u8, options.RedriveCount);
        writer.WriteEndObject();
        writer.WriteStartObject("StateMachine"u8);
        writer.WriteString("Id"u8, options.StateMachineArn);
        writer.WriteString("Name"u8, options.StateMachineName);
        writer.WriteEndObject();
        writer.WriteStartObject("State"u8);
        writer.WriteString("Name"u8, StateName);
        writer.WriteString("EnteredTime"u8, Timestamps.Format(EnteredTime));
        writer.WriteNumber("RetryCount"u8, RetryCount);
        writer.WriteEndObject();
        if (TaskToken is not null)
        {
            writer.WriteStartObject("Task"u8);
            writer.WriteString("Token"u8, TaskToken);
            writer.WriteEndObject();
        }

        if (Item is not null)
        {
            writer.WriteStartObject("Map"u8);
            writer.WriteStartObject("Item"u8);
            writer.WriteNumber("Index"u8, Item.Index);
            writer.WritePropertyName("Value"u8);
            writer.WriteRaw(Item.Value);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
