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

    public Retrier[] Retriers { get; init; } = [];

    public Catcher[] Catchers { get; init; } = [];

    public sealed override async ValueTask<Transition> RunAsync(Frame frame, JsonElement input)
    {
        var effective = SelectInput(frame, input);
        var attempts = Retriers.Length == 0 ? [] : new int[Retriers.Length];
        for (var retryCount = 0; ; retryCount++)
        {
            StatesException failure;
            try
            {
                frame.Context.BeginAttempt(retryCount, CreateToken(frame));
                var outcome = await AttemptAsync(frame, effective);
                if (outcome.Failure is null)
                {
                    return Complete(frame, input, outcome.Value);
                }

                failure = outcome.Failure;
            }
            catch (StatesException thrown)
            {
                failure = thrown;
            }

            failure.Locate(Name, frame.EnteredEventId);
            if (RetryDelay(frame, failure, attempts) is { } delay)
            {
                await frame.Run.Time.WaitUntilAsync(frame.Run.Time.GetUtcNow() + delay, frame.Cancellation);
            }
            else if (CatcherOf(failure) is { } catcher)
            {
                return Catch(frame, input, failure, catcher);
            }
            else
            {
                throw failure;
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
    protected abstract ValueTask<Outcome> AttemptAsync(Frame frame, JsonElement input);

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

    private Catcher? CatcherOf(StatesException failure)
    {
        foreach (var catcher in Catchers)
        {
            if (ErrorNames.MatchesAny(catcher.ErrorEquals, failure))
            {
                return catcher;
            }
        }

        return null;
    }

    private TimeSpan? RetryDelay(Frame frame, StatesException failure, int[] attempts)
    {
        for (var i = 0; i < Retriers.Length; i++)
        {
            if (ErrorNames.MatchesAny(Retriers[i].ErrorEquals, failure))
            {
                // The first retrier that matches decides, also when it is used up.
                return attempts[i] < Retriers[i].MaxAttempts ? Retriers[i].Delay(attempts[i]++, frame.Run.Random) : null;
            }
        }

        return null;
    }
}
