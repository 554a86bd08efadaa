using System.Text.Json;
using Shop.Asl.Choices;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;
using Shop.Asl.History;

namespace Shop.Asl.States;

/// <summary>Waits for a time, or until a time.</summary>
internal sealed class WaitState : State
{
    /// <summary>Seconds or SecondsPath.</summary>
    public Expression? Seconds { get; init; }

    /// <summary>Timestamp or TimestampPath.</summary>
    public Expression? Timestamp { get; init; }

    public override HistoryEventType EnteredEvent => HistoryEventType.WaitStateEntered;

    public override HistoryEventType? ExitedEvent => HistoryEventType.WaitStateExited;

    public override HistoryEventType? AbortedEvent => HistoryEventType.WaitStateAborted;

    public override async ValueTask<Transition> RunAsync(Frame frame, JsonElement input)
    {
        var effective = SelectInput(frame, input);
        await frame.Run.Time.WaitUntilAsync(End(frame, new Scope(effective, frame.Context)), frame.Cancellation);
        return new Transition(Next, SelectOutput(frame, effective), frame.Assign(Assign, effective));
    }

    private DateTimeOffset End(Frame frame, in Scope scope)
    {
        if (Seconds is not null)
        {
            var seconds = DurationField.Read(Seconds.Evaluate(scope, "SecondsPath"), "SecondsPath", Seconds.Text, minimum: 0);
            return frame.Run.Time.GetUtcNow() + seconds;
        }

        var value = Timestamp!.Evaluate(scope, "TimestampPath");
        return TimestampComparer.TryRead(value, out var moment)
            ? moment
            : throw StatesException.Runtime($"The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: {Timestamp} == {value.GetRawText()}");
    }
}
