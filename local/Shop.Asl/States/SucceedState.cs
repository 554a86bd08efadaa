using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.History;

namespace Shop.Asl.States;

/// <summary>Ends its block with success.</summary>
internal sealed class SucceedState : State
{
    public override HistoryEventType EnteredEvent => HistoryEventType.SucceedStateEntered;

    public override HistoryEventType? ExitedEvent => HistoryEventType.SucceedStateExited;

    public override ValueTask<Transition> RunAsync(Frame frame, JsonElement input)
        => new(new Transition(null, SelectOutput(frame, SelectInput(frame, input))));
}
