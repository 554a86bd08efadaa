using System.Text.Json;
using Shop.Asl;
using Shop.Simulation.Apis;
using Shop.Simulation.Schedules;
using Shop.Simulation.Time;

namespace Shop.Simulation.Executions;

/// <summary>Takes the tasks of one execution to the model's services, by way of the faults that the schedule has for them.</summary>
internal sealed class TaskRouter(SimulatedExecution execution) : ITaskInvoker
{
    private static readonly TimeSpan LateBy = TimeSpan.FromSeconds(7);

    private Cloud Cloud => execution.Cloud;

    public async Task<JsonElement> InvokeAsync(TaskInvocation task, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var action = ActionName.Of(task);
        var fault = Cloud.Faults.Next(execution, task, action);
        if (fault is { } kind)
        {
            Cloud.Say($"--- call {Cloud.Faults.Calls - 1}: {kind} at {task.StateName} ({action.Key}), attempt {task.RetryCount}, of {execution}");
            execution.Log.Note((char)kind);
            Cloud.World.Referee.Disturbed(execution, action);
        }

        await Cloud.World.Time.PauseAsync(Latency(), cancellationToken);
        Cloud.World.Referee.Calling(execution, action, task.Input);
        return action.Type == CallType.Nested
            ? await NestAsync(task, fault, cancellationToken)
            : await CallAsync(task, action, fault, cancellationToken);
    }

    private TimeSpan Latency()
    {
        var setup = Cloud.World.Setup.Latency;
        // Odd milliseconds, so that calls of branches that began together don't end together by chance of a round number.
        return setup + TimeSpan.FromMilliseconds(execution.Machine.Region == Model.RegionCode.East ? 3 : 0);
    }

    private async Task<JsonElement> CallAsync(TaskInvocation task, ActionName action, FaultKind? fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case FaultKind.Error or FaultKind.ErrorAlways or FaultKind.Outage:
                throw Errors.Of(action, fault != FaultKind.Error);
            case FaultKind.LostAnswer or FaultKind.LostAnswerAlways:
                Apply(task, action);
                throw Errors.Of(action, isHard: false);
            case FaultKind.Timeout or FaultKind.TimeoutAlways:
                await SimulatedTasks.HangAsync(cancellationToken);
                break;
            case FaultKind.TimeoutWithEffect:
                Apply(task, action);
                await SimulatedTasks.HangAsync(cancellationToken);
                break;
            case FaultKind.LateEffect:
                await HangAndApplyAsync(task, action, cancellationToken);
                break;
            case FaultKind.Twice:
                Apply(task, action);
                break;
            case FaultKind.Crash:
                Apply(task, action);
                Cloud.Crash(execution.Root);
                await SimulatedTasks.HangAsync(cancellationToken);
                break;
            default:
                break;
        }

        return Services.Call(execution, task, action);
    }

    private async Task HangAndApplyAsync(TaskInvocation task, ActionName action, CancellationToken cancellationToken)
    {
        try
        {
            await SimulatedTasks.HangAsync(cancellationToken);
        }
        finally
        {
            Cloud.World.Time.After(LateBy, () => Apply(task, action));
        }
    }

    /// <summary>The effect without the answer: what it answers, also if it refuses, nobody sees.</summary>
    private void Apply(TaskInvocation task, ActionName action)
    {
        try
        {
            Services.Call(execution, task, action);
        }
        catch (TaskFailureException failure)
        {
            Cloud.Say($"--- unseen: {failure.Message}");
        }
    }

    private async Task<JsonElement> NestAsync(TaskInvocation task, FaultKind? fault, CancellationToken cancellationToken)
    {
        if (fault is FaultKind.Timeout or FaultKind.TimeoutAlways or FaultKind.LateEffect)
        {
            await SimulatedTasks.HangAsync(cancellationToken);
        }

        if (fault is FaultKind.Error or FaultKind.ErrorAlways or FaultKind.Outage)
        {
            throw Errors.Of(ActionName.Of(task), isHard: false);
        }

        var child = StatesApi.Start(execution, task, waits: true);
        if (fault is FaultKind.LostAnswer or FaultKind.LostAnswerAlways)
        {
            throw Errors.Of(ActionName.Of(task), isHard: false);
        }

        task.Submitted(StatesApi.Started(child));
        if (fault == FaultKind.Crash)
        {
            Cloud.Crash(execution.Root);
        }

        try
        {
            await WaitAsync(child.Ended.Task, fault == FaultKind.TimeoutWithEffect, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // As the service does for a task that nobody waits for any more.
            child.Stop();
            throw;
        }

        return StatesApi.Outcome(child);
    }

    private static async Task WaitAsync(Task ended, bool hangs, CancellationToken cancellationToken)
    {
        if (hangs)
        {
            await SimulatedTasks.HangAsync(cancellationToken);
        }

        var cancelled = new TaskCompletionSource();
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), cancelled);
        await await Task.WhenAny(ended, cancelled.Task);
    }
}
