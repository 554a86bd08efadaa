namespace Shop.Asl.Execution;

/// <summary>Waiting for tasks without throwing what they threw, and without waiting longer than somebody wants to know.</summary>
internal static class Abandonment
{
    private const ConfigureAwaitOptions WithoutThrowing = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    /// <summary>Completes when the task does, or with a cancelled task as soon as there is a cancellation, even if the task never ends.</summary>
    /// <remarks>
    /// Unlike <see cref="Task.WaitAsync(CancellationToken)"/> it goes on in the synchronization context only, also if the task hands its
    /// continuations to the thread pool; a deterministic run depends on it.
    /// </remarks>
    public static async ValueTask<Task<T>> SettleAsync<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        if (task.IsCompleted)
        {
            return task;
        }

        if (!cancellationToken.CanBeCanceled)
        {
            await ((Task)task).ConfigureAwait(WithoutThrowing);
            return task;
        }

        var outcome = new TaskCompletionSource<Task<T>>();
        var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<Task<T>>)state!).TrySetResult(Task.FromCanceled<T>(token)), outcome);
        _ = RelayAsync(task, outcome);
        var settled = await outcome.Task;
        registration.Unregister();
        return settled;
    }

    /// <summary>What a completed task that did not succeed would throw.</summary>
    public static async ValueTask<Exception> FailureAsync<T>(this Task<T> failed)
    {
        if (failed.Exception?.InnerException is { } failure)
        {
            return failure;
        }

        try
        {
            await failed;
            throw new InvalidOperationException("The task succeeded.");
        }
        catch (OperationCanceledException cancelled)
        {
            return cancelled;
        }
    }

    private static async Task RelayAsync<T>(Task<T> task, TaskCompletionSource<Task<T>> outcome)
    {
        await ((Task)task).ConfigureAwait(WithoutThrowing);
        outcome.TrySetResult(task);
    }
}
