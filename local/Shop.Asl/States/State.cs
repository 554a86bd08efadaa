using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;
using Shop.Asl.History;
using Shop.Asl.Paths;

namespace Shop.Asl.States;

/// <summary>A compiled state.</summary>
internal abstract class State
{
    public required string Name { get; init; }

    /// <summary>Null for <c>$</c>.</summary>
    public Selector? InputPath { get; init; }

    /// <summary>Null for <c>$</c>.</summary>
    public Selector? OutputPath { get; init; }

    public Template? Assign { get; init; }

    /// <summary>Null if the state ends its block.</summary>
    public string? NextName { get; init; }

    public State? Next { get; private set; }

    public abstract HistoryEventType EnteredEvent { get; }

    public virtual HistoryEventType? ExitedEvent => null;

    /// <summary>Only states that take time can be aborted in the history.</summary>
    public virtual HistoryEventType? AbortedEvent => null;

    public abstract ValueTask<Transition> RunAsync(Frame frame, JsonElement input);

    /// <summary>Replaces names by the states they mean, once all of them exist.</summary>
    public virtual void Link(IReadOnlyDictionary<string, State> states) => Next = NextName is null ? null : states[NextName];

    protected JsonElement SelectInput(Frame frame, JsonElement input)
        => InputPath is null ? input : InputPath.Apply(new Scope(input, frame.Context));

    protected JsonElement SelectOutput(Frame frame, JsonElement output)
        => OutputPath is null ? output : OutputPath.Apply(new Scope(output, frame.Context));
}
