using System.Text.Json;
using Shop.Asl;
using Shop.Simulation.Apis;
using Shop.Simulation.Model;
using Shop.Simulation.Schedules;

namespace Shop.Simulation.Executions;

/// <summary>Takes the tasks of one execution to the model's services, by way of the faults that the schedule has for them.</summary>
internal sealed class TaskRouter(SimulatedExecution execution) : ITaskInvoker
{
    private Cloud Cloud => execution.Cloud;

    public Task<JsonElement> InvokeAsync(TaskInvocation task, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<JsonElement>(cancellationToken);
        }

        var action = ActionName.Of(task);
        var fault = Cloud.Faults.Next(execution, task, action);
        if (fault is { } kind)
        {
            Cloud.Say($"--- call {Cloud.Faults.Calls - 1}: {kind} at {task.StateName} ({action.Key}), attempt {task.RetryCount}, of {execution}");
            execution.Log.Note((char)kind);
            Cloud.World.Referee.Disturbed(execution, action);
        }

        var call = new TaskCall(execution, task, action, fault, cancellationToken);
        // Odd milliseconds, so that two Regions that began together don't act together for ever.
        Cloud.World.Time.After(Cloud.World.Setup.Latency + TimeSpan.FromMilliseconds(execution.Region == RegionCode.East ? 3 : 0), call.Arrive);
        return call.Answer;
    }
}

/// <summary>One attempt of a task, from its arrival at the service to its answer, its failure, or the end of whoever waits for it.</summary>
internal sealed class TaskCall
{
    private static readonly TimeSpan LateBy = TimeSpan.FromSeconds(7);

    private readonly TaskCompletionSource<JsonElement> _answer = new();
    private readonly SimulatedExecution _execution;
    private readonly TaskInvocation _task;
    private readonly ActionName _action;
    private readonly FaultKind? _fault;
    private SimulatedExecution? _child;

    public TaskCall(SimulatedExecution execution, TaskInvocation task, ActionName action, FaultKind? fault, CancellationToken cancellationToken)
    {
        (_execution, _task, _action, _fault) = (execution, task, action, fault);
        cancellationToken.UnsafeRegister(static (call, token) => ((TaskCall)call!).Cancel(token), this);
    }

    public Task<JsonElement> Answer => _answer.Task;

    private Cloud Cloud => _execution.Cloud;

    /// <summary>The call reaches its service, unless nobody waits for it any more.</summary>
    public void Arrive()
    {
        if (_answer.Task.IsCompleted)
        {
            return;
        }

        Cloud.World.Referee.Calling(_execution, _action, _task.Input);
        try
        {
            if (_action.Type == CallType.Nested)
            {
                Nest();
            }
            else if (Perform() is { } answer)
            {
                _answer.TrySetResult(answer);
            }
        }
        catch (TaskFailureException failure)
        {
            _answer.TrySetException(failure);
        }
    }

    /// <returns>The answer, if one comes.</returns>
    private JsonElement? Perform()
    {
        switch (_fault)
        {
            case FaultKind.Error or FaultKind.ErrorAlways or FaultKind.Outage:
                throw Errors.Of(_action, _fault != FaultKind.Error);
            case FaultKind.LostAnswer or FaultKind.LostAnswerAlways:
                Apply();
                throw Errors.Of(_action, isHard: false);
            case FaultKind.Timeout or FaultKind.TimeoutAlways or FaultKind.LateEffect:
                return null;
            case FaultKind.TimeoutWithEffect:
                Apply();
                return null;
            case FaultKind.Twice:
                Apply();
                break;
            case FaultKind.Crash or FaultKind.CrashForLong:
                Apply();
                Cloud.Crash(_execution.Root, _fault == FaultKind.CrashForLong);
                return null;
            default:
                break;
        }

        return Services.Call(_execution, _task, _action);
    }

    /// <summary>The effect without the answer: what it answers, also if it refuses, nobody sees.</summary>
    private void Apply()
    {
        try
        {
            Services.Call(_execution, _task, _action);
        }
        catch (TaskFailureException failure)
        {
            Cloud.Say($"--- unseen: {failure.Message}");
        }
    }

    private void Nest()
    {
        switch (_fault)
        {
            case FaultKind.Timeout or FaultKind.TimeoutAlways or FaultKind.LateEffect:
                return;
            case FaultKind.Error or FaultKind.ErrorAlways or FaultKind.Outage:
                throw Errors.Of(_action, isHard: false);
            default:
                break;
        }

        _child = StatesApi.Start(_execution, _task, waits: true);
        if (_fault is FaultKind.LostAnswer or FaultKind.LostAnswerAlways)
        {
            _child = null;
            throw Errors.Of(_action, isHard: false);
        }

        _task.Submitted(StatesApi.Started(_child));
        if (_fault == FaultKind.Crash)
        {
            Cloud.Crash(_execution.Root);
        }

        if (_fault != FaultKind.TimeoutWithEffect)
        {
            _child.WhenEnded(TakeOutcome);
        }
    }

    private void TakeOutcome(SimulatedExecution child)
    {
        try
        {
            _answer.TrySetResult(StatesApi.Outcome(child));
        }
        catch (TaskFailureException failure)
        {
            _answer.TrySetException(failure);
        }
    }

    private void Cancel(CancellationToken token)
    {
        if (!_answer.TrySetCanceled(token))
        {
            return;
        }

        // As the service does with a nested execution that nobody waits for any more.
        _child?.Stop();
        if (_fault == FaultKind.LateEffect && _action.Type == CallType.Plain)
        {
            Cloud.World.Time.After(LateBy, Apply);
        }
    }
}
