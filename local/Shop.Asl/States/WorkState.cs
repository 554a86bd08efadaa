using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;
using Shop.Asl.Paths;

namespace Shop.Asl.States;

/// <summary>What Task, Parallel and Map have in common: a result that is shaped and put into the input, retries and catchers.</summary>
internal abstract class WorkState : State
{
    /// <summary>Parameters, or what an item is made of.</summary>
    public Template? Parameters { get; init; }

    public Template? ResultSelector { get; init; }

    public ResultPath ResultPath { get; init; } = ResultPath.Replace;

    public IReadOnlyList<Retrier> Retriers { get; init; } = [];

    public IReadOnlyList<Catcher> Catchers { get; init; } = [];

    public sealed override async ValueTask<Transition> RunAsync(Frame frame, JsonElement input)
    {
        var effective = SelectInput(frame, input);
        var attempts = Retriers.Count == 0 ? [] : new int[Retriers.Count];
        for (var retryCount = 0; ; retryCount++)
        {
            try
            {
                frame.Context.BeginAttempt(retryCount, CreateToken(frame));
                return Complete(frame, input, await AttemptAsync(frame, effective));
            }
            catch (StatesException failure)
            {
                failure.Locate(Name, frame.EnteredEventId);
                if (RetryDelay(frame, failure, attempts) is { } delay)
                {
                    await frame.Run.Time.WaitUntilAsync(frame.Run.Time.GetUtcNow() + delay, frame.Cancellation);
                }
                else if (Catchers.FirstOrDefault(catcher => catcher.Matches(failure)) is { } catcher)
                {
                    return Catch(frame, input, failure, catcher);
                }
                else
                {
                    throw;
                }
            }
        }
    }

    public override void Link(IReadOnlyDictionary<string, State> states)
    {
        base.Link(states);
        foreach (var catcher in Catchers)
        {
            catcher.Next = states[catcher.NextName];
        }
    }

    /// <summary>Does the work once.</summary>
    protected abstract ValueTask<JsonElement> AttemptAsync(Frame frame, JsonElement input);

    protected virtual string? CreateToken(Frame frame) => null;

    protected JsonElement EvaluateParameters(Frame frame, JsonElement input)
        => Parameters is null ? input : Limit(Parameters.Evaluate(new Scope(input, frame.Context)));

    private JsonElement Limit(JsonElement value) => Json.Size(value) <= Limits.PayloadBytes ? value : throw StatesException.TooLarge(Name);

    private Transition Complete(Frame frame, JsonElement input, JsonElement raw)
    {
        var result = ResultSelector is null ? raw : ResultSelector.Evaluate(new Scope(raw, frame.Context));
        var combined = Limit(ResultPath.Apply(input, result));
        var output = SelectOutput(frame, combined);
        return new Transition(Next, output, frame.Assign(Assign, result));
    }

    private static Transition Catch(Frame frame, JsonElement input, StatesException failure, Catcher catcher)
    {
        var error = Json.Build(failure, static (writer, failure) =>
        {
            writer.WriteStartObject();
            writer.WriteString("Error"u8, failure.Error);
            writer.WriteString("Cause"u8, failure.Cause ?? "");
            writer.WriteEndObject();
        });
        return new Transition(catcher.Next, catcher.ResultPath.Apply(input, error), frame.Assign(catcher.Assign, error));
    }

    private TimeSpan? RetryDelay(Frame frame, StatesException failure, int[] attempts)
    {
        for (var i = 0; i < Retriers.Count; i++)
        {
            if (Retriers[i].Matches(failure))
            {
                // The first retrier that matches decides, also when it is used up.
                return attempts[i] < Retriers[i].MaxAttempts ? Retriers[i].Delay(attempts[i]++, frame.Run.Random) : null;
            }
        }

        return null;
    }
}
