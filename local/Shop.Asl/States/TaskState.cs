using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;
using Shop.Asl.History;

namespace Shop.Asl.States;

/// <summary>Has work done by the invoker, with a time limit, and if the resource says so waits for a callback.</summary>
internal sealed class TaskState : WorkState
{
    public required TaskResource Resource { get; init; }

    public Expression? TimeoutSeconds { get; init; }

    public Expression? HeartbeatSeconds { get; init; }

    public Template? Credentials { get; init; }

    public override HistoryEventType EnteredEvent => HistoryEventType.TaskStateEntered;

    public override HistoryEventType? ExitedEvent => HistoryEventType.TaskStateExited;

    public override HistoryEventType? AbortedEvent => HistoryEventType.TaskStateAborted;

    protected override async ValueTask<Outcome> AttemptAsync(Frame frame, JsonElement input)
    {
        if (frame.TakeResume()?.TaskResult is { } known)
        {
            frame.TaskResult = known;
            return new(known);
        }

        var scope = new Scope(input, frame.Context);
        var parameters = EvaluateParameters(frame, input);
        var timeout = DurationField.Evaluate(TimeoutSeconds, scope, "TimeoutSecondsPath");
        var heartbeat = DurationField.Evaluate(HeartbeatSeconds, scope, "HeartbeatSecondsPath");
        var events = new TaskEvents(frame, Resource);
        var invocation = new TaskInvocation(Resource.Arn, parameters, Name, frame.Run.Options.ExecutionArn, frame.Context.TaskToken)
        {
            RetryCount = frame.Context.RetryCount,
            RedriveCount = frame.Run.Options.RedriveCount,
            Timeout = timeout,
            Heartbeat = heartbeat,
            Credentials = Credentials?.Evaluate(scope),
            Submitted = events.Submit,
        };
        events.Schedule(parameters, timeout, heartbeat);

        using var attempt = new TaskAttempt(frame, timeout, Resource.WaitsForToken ? heartbeat : null);
        var outcome = await CallAsync(frame, invocation, attempt, events);
        if (outcome.Failure is not null)
        {
            return outcome;
        }

        if (Json.Size(outcome.Value) > Limits.PayloadBytes)
        {
            var tooLarge = StatesException.TooLarge(Resource.IsFunction ? Resource.Arn : Resource.Type);
            events.Fail(tooLarge, beforeStart: false);
            return tooLarge;
        }

        events.Succeed(outcome.Value);
        frame.TaskResult = outcome.Value;
        return outcome;
    }

    protected override string? CreateToken(Frame frame)
        => Resource.WaitsForToken ? TokenFormat.Create(frame.Run.Options.ExecutionArn, frame.Run.Random) : null;

    private static async ValueTask<Outcome> CallAsync(Frame frame, TaskInvocation invocation, TaskAttempt attempt, TaskEvents events)
    {
        using var pending = invocation.TaskToken is null ? null : frame.Run.Options.Tokens.Register(invocation.TaskToken, attempt.Beat);
        var call = frame.Run.Options.Tasks.StartAsync(invocation, attempt.Token);
        if (!call.IsCompleted)
        {
            call = await attempt.SettleAsync(call);
        }

        if (pending is not null && call.IsCompletedSuccessfully)
        {
            events.Submit(await call);
            call = await attempt.SettleAsync(pending.Completion);
        }

        if (call.IsCompletedSuccessfully)
        {
            return new((await call).Clone());
        }

        return call.IsCanceled && attempt.IsOver ? End(frame, attempt, events) : Fail(frame, await call.FailureAsync(), attempt, events);
    }

    private static Outcome Fail(Frame frame, Exception failure, TaskAttempt attempt, TaskEvents events)
    {
        switch (failure)
        {
            case StatesException own:
                return own;
            case TaskFailureException failed:
                var named = new StatesException(failed.Error, failed.Cause);
                events.Fail(named, failed.BeforeStart);
                return named;
            case OperationCanceledException when attempt.IsOver:
                return End(frame, attempt, events);
            default:
                var unexpected = new StatesException(ErrorNames.TaskFailed, $"{failure.GetType().Name}: {failure.Message}");
                events.Fail(unexpected, beforeStart: false);
                return unexpected;
        }
    }

    /// <summary>Of an attempt that was cut short: by its own time limits, or with its branch or execution.</summary>
    private static Outcome End(Frame frame, TaskAttempt attempt, TaskEvents events)
    {
        frame.Cancellation.ThrowIfCancellationRequested();
        events.TimeOut();
        return new StatesException(ErrorNames.Timeout, null) { Alias = attempt.MissedHeartbeat ? ErrorNames.HeartbeatTimeout : null };
    }
}
