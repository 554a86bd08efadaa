using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.History;

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

    /// <summary>Whether the history tells already that the state was entered.</summary>
    public bool IsEntered { get; init; }

    internal JsonElement Input { get; }

    internal IReadOnlyDictionary<string, JsonElement> Variables { get; }

    /// <summary>What the state's task came to, if the execution ended between that and the end of the state.</summary>
    internal JsonElement? TaskResult { get; init; }

    /// <summary>Set if the state was the last and has ended: nothing is left to do but to say so.</summary>
    internal JsonElement? Output { get; init; }

    /// <summary>Of a Parallel or Map state; an entry is null if its branch or iteration had not begun.</summary>
    internal IReadOnlyList<CheckpointBranch?>? Branches { get; }

    /// <summary>Where an execution stood after the events of its history, whatever ended it: also one whose host died in between.</summary>
    /// <returns>Null if it had not left its beginning.</returns>
    public static Checkpoint? FromHistory(IEnumerable<HistoryEvent> events)
    {
        var replay = new HistoryReplay();
        foreach (var historyEvent in events)
        {
            replay.Apply(historyEvent);
        }

        return replay.ToCheckpoint();
    }
}

/// <summary>A branch or iteration: either its output or where it stood.</summary>
internal sealed record CheckpointBranch(JsonElement? Output, Checkpoint? Checkpoint);
