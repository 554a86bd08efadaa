using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;
using Shop.Asl.History;

namespace Shop.Asl.States;

/// <summary>Ends its block with an error.</summary>
internal sealed class FailState : State
{
    /// <summary>A constant, or what ErrorPath computes.</summary>
    public Expression? Error { get; init; }

    public Expression? Cause { get; init; }

    public override HistoryEventType EnteredEvent => HistoryEventType.FailStateEntered;

    public override ValueTask<Transition> RunAsync(Frame frame, JsonElement input)
        => throw new StatesException(Text(frame, input, Error, "ErrorPath") ?? "", Text(frame, input, Cause, "CausePath"));

    private static string? Text(Frame frame, JsonElement input, Expression? expression, string field)
    {
        if (expression is null)
        {
            return null;
        }

        var value = expression.Evaluate(new Scope(input, frame.Context), field);
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw StatesException.Runtime($"The {field} '{expression}' must select a string, but selects {value.GetRawText()}");
    }
}
