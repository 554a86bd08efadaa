using System.Text.Json;
using Shop.Asl.Data;

namespace Shop.Asl.Execution;

/// <summary>What all branches of one execution share.</summary>
internal sealed class Run(JsonElement input, ExecutionOptions options)
{
    public ExecutionOptions Options { get; } = options;

    public JsonElement Input { get; } = input;

    public Journal Journal { get; } = new(options);

    public Randomness Random { get; } = new(options.Random);

    public TimeProvider Time => Options.Time;

    public string StartTime { get; } = Timestamps.Format(options.StartTime ?? options.Time.GetUtcNow());

    /// <summary>The Region in the execution's ARN, which its tasks are scheduled in.</summary>
    public string Region { get; } = options.ExecutionArn.Split(':') is [_, _, _, var region, ..] ? region : "";
}
