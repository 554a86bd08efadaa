using System.Text.Json;

namespace Shop.Asl;

/// <summary>The state that was being run when an execution ended, with its input and variables, and the same of its branches.</summary>
public sealed class Checkpoint
{
    internal Checkpoint(
        string stateName, JsonElement input, IReadOnlyDictionary<string, JsonElement> variables, IReadOnlyList<CheckpointBranch?>? branches)
    {
        StateName = stateName;
        Input = input;
        Variables = variables;
        Branches = branches;
    }

    public string StateName { get; }

    internal JsonElement Input { get; }

    internal IReadOnlyDictionary<string, JsonElement> Variables { get; }

    /// <summary>Of a Parallel or Map state; an entry is null if its branch or iteration had not begun.</summary>
    internal IReadOnlyList<CheckpointBranch?>? Branches { get; }
}

/// <summary>A branch or iteration: either its output or where it stood.</summary>
internal sealed record CheckpointBranch(JsonElement? Output, Checkpoint? Checkpoint);
