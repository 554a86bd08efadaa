using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;
using Shop.Asl.History;
using Shop.Asl.Paths;

namespace Shop.Asl.States;

/// <summary>Passes its input on, or a fixed or computed value in its place.</summary>
internal sealed class PassState : State
{
    public Template? Parameters { get; init; }

    public JsonElement? Result { get; init; }

    public ResultPath ResultPath { get; init; } = ResultPath.Replace;

    public override HistoryEventType EnteredEvent => HistoryEventType.PassStateEntered;

    public override HistoryEventType? ExitedEvent => HistoryEventType.PassStateExited;

    public override ValueTask<Transition> RunAsync(Frame frame, JsonElement input)
    {
        var result = SelectInput(frame, input);
        if (Parameters is not null)
        {
            result = Parameters.Evaluate(new Scope(result, frame.Context));
        }

        result = Result ?? result;
        var output = SelectOutput(frame, ResultPath.Apply(input, result));
        return new(new Transition(Next, output, frame.Assign(Assign, result)));
    }
}
