using System.Security.Cryptography;
using System.Text;
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

    protected override async ValueTask<JsonElement> AttemptAsync(Frame frame, JsonElement input)
    {
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
        var output = await CallAsync(frame, invocation, attempt, events);
        if (Json.Size(output) > Limits.PayloadBytes)
        {
            var tooLarge = StatesException.TooLarge(Resource.IsFunction ? Resource.Arn : Resource.Type);
            events.Fail(tooLarge, beforeStart: false);
            throw tooLarge;
        }

        events.Succeed(output);
        return output;
    }

    /// <summary>Hard to guess, because it is a credential; with a seed the same in each run, and never the same in two executions.</summary>
    protected override string? CreateToken(Frame frame)
    {
        if (!Resource.WaitsForToken)
        {
            return null;
        }

        var arn = Encoding.UTF8.GetBytes(frame.Run.Options.ExecutionArn);
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes * 2];
        SHA256.HashData(arn, bytes);
        frame.Run.Random.Fill(bytes[SHA256.HashSizeInBytes..]);
        return Convert.ToBase64String(bytes);
    }

    private static StatesException TimedOut(bool isHeartbeat)
        => new(ErrorNames.Timeout, null) { Alias = isHeartbeat ? ErrorNames.HeartbeatTimeout : null };

    private static async Task<JsonElement> CallAsync(Frame frame, TaskInvocation invocation, TaskAttempt attempt, TaskEvents events)
    {
        StatesException failure;
        var beforeStart = false;
        using var pending = invocation.TaskToken is null ? null : frame.Run.Options.Tokens.Register(invocation.TaskToken, attempt.Beat);
        try
        {
            // An invoker that doesn't listen to its token must not hold the execution.
            var output = await frame.Run.Options.Tasks.InvokeAsync(invocation, attempt.Token).OrCancelled(attempt.Token);
            if (pending is not null)
            {
                events.Submit(output);
                output = await pending.Completion.OrCancelled(attempt.Token);
            }

            return output.Clone();
        }
        catch (TaskFailureException failed)
        {
            failure = new StatesException(failed.Error, failed.Cause);
            beforeStart = failed.BeforeStart;
        }
        catch (OperationCanceledException) when (attempt.IsOver)
        {
            frame.Cancellation.ThrowIfCancellationRequested();
            events.TimeOut();
            throw TimedOut(attempt.MissedHeartbeat);
        }
        catch (Exception unexpected) when (unexpected is not StatesException)
        {
            failure = new StatesException(ErrorNames.TaskFailed, $"{unexpected.GetType().Name}: {unexpected.Message}");
        }

        events.Fail(failure, beforeStart);
        throw failure;
    }
}
