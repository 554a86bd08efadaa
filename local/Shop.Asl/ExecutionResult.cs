using System.Text.Json;

namespace Shop.Asl;

/// <summary>How an execution ended.</summary>
public sealed record ExecutionResult(ExecutionStatus Status, JsonElement? Output, string? Error, string? Cause)
{
    /// <summary>Where an execution that didn't succeed can go on: <see cref="ExecutionOptions.Resume"/> of a redrive.</summary>
    public Checkpoint? Checkpoint { get; init; }
}
