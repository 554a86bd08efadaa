using System.Runtime.CompilerServices;
using System.Text.Json;
using Shop.Asl.Data;

namespace Shop.Asl.Execution;

/// <summary>What all branches of one execution share.</summary>
internal sealed class Run(JsonElement input, ExecutionOptions options)
{
    private readonly DateTimeOffset _startTime = options.StartTime ?? options.Time.GetUtcNow();
    private StrongBox<JsonElement>? _execution;
    private StrongBox<JsonElement>? _stateMachine;

    public ExecutionOptions Options { get; } = options;

    public JsonElement Input { get; } = input;

    public Journal Journal { get; } = new(options);

    public Randomness Random { get; } = new(options.Random);

    public TimeProvider Time => Options.Time;

    /// <summary>The Region in the execution's ARN, which its tasks are scheduled in.</summary>
    public string Region { get; } = options.ExecutionArn.Split(':') is [_, _, _, var region, ..] ? region : "";

    // Boxed, because branches on other threads may make them at the same time.

    /// <summary><c>$$.Execution</c>, the same for all states.</summary>
    public JsonElement ExecutionJson => (_execution ??= new(Json.Build(this, static (writer, run) =>
    {
        writer.WriteStartObject();
        writer.WriteString("Id"u8, run.Options.ExecutionArn);
        writer.WritePropertyName("Input"u8);
        writer.WriteRaw(run.Input);
        writer.WriteString("StartTime"u8, Timestamps.Format(run._startTime));
        writer.WriteString("Name"u8, run.Options.ExecutionName);
        writer.WriteString("RoleArn"u8, run.Options.RoleArn);
        writer.WriteNumber("RedriveCount"u8, run.Options.RedriveCount);
        writer.WriteEndObject();
    }))).Value;

    /// <summary><c>$$.StateMachine</c>.</summary>
    public JsonElement StateMachineJson => (_stateMachine ??= new(Json.Build(Options, static (writer, options) =>
    {
        writer.WriteStartObject();
        writer.WriteString("Id"u8, options.StateMachineArn);
        writer.WriteString("Name"u8, options.StateMachineName);
        writer.WriteEndObject();
    }))).Value;
}
