using System.Collections.Frozen;

namespace Shop.Asl.States;

/// <summary>States and the one to start at: a state machine, a branch of a Parallel state or the processor of a Map state.</summary>
internal sealed class StateBlock
{
    public StateBlock(string startAt, IEnumerable<State> states)
    {
        States = states.ToFrozenDictionary(state => state.Name, StringComparer.Ordinal);
        Start = States[startAt];
        foreach (var state in States.Values)
        {
            state.Link(States);
        }
    }

    public State Start { get; }

    public FrozenDictionary<string, State> States { get; }
}
