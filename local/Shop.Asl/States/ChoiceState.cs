using System.Text.Json;
using Shop.Asl.Choices;
using Shop.Asl.Execution;
using Shop.Asl.History;

namespace Shop.Asl.States;

/// <summary>Goes on at the first rule that is met, or at the default.</summary>
internal sealed class ChoiceState : State
{
    public required IReadOnlyList<ChoiceRule> Rules { get; init; }

    public override HistoryEventType EnteredEvent => HistoryEventType.ChoiceStateEntered;

    public override HistoryEventType? ExitedEvent => HistoryEventType.ChoiceStateExited;

    public override ValueTask<Transition> RunAsync(Frame frame, JsonElement input)
    {
        var effective = SelectInput(frame, input);
        var scope = new Scope(effective, frame.Context);
        var output = SelectOutput(frame, effective);
        foreach (var rule in Rules)
        {
            if (rule.Condition.IsMet(scope))
            {
                return new(new Transition(rule.Next, output, frame.Assign(rule.Assign, effective)));
            }
        }

        return Next is not null
            ? new(new Transition(Next, output, frame.Assign(Assign, effective)))
            : throw new StatesException(ErrorNames.NoChoiceMatched, "No choice rule matched the input, and there is no Default") { IsEvaluation = true };
    }

    public override void Link(IReadOnlyDictionary<string, State> states)
    {
        base.Link(states);
        foreach (var rule in Rules)
        {
            rule.Next = states[rule.NextName];
        }
    }
}
