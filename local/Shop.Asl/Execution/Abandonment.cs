namespace Shop.Asl.Execution;

internal static class Abandonment
{
    /// <summary>The outcome of a task, or a cancellation as soon as there is one, even if the task never ends.</summary>
    /// <remarks>
    /// Unlike <see cref="Task.WaitAsync(CancellationToken)"/> it goes on in the synchronization context only, also if the task hands its
    /// continuations to the thread pool; a deterministic run depends on it.
    /// </remarks>
    public static Task<T> OrCancelled<T>(this Task<T> task, CancellationToken cancellationToken)
        => task.IsCompleted || !cancellationToken.CanBeCanceled ? task : AwaitAsync(task, cancellationToken);

    private static async Task<T> AwaitAsync<T>(Task<T> task, CancellationToken cancellationToken)
    {
        var outcome = new TaskCompletionSource<T>();
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<T>)state!).TrySetCanceled(token), outcome);
        _ = RelayAsync(task, outcome);
        return await outcome.Task;
    }

    private static async Task RelayAsync<T>(Task<T> task, TaskCompletionSource<T> outcome)
    {
        try
        {
            outcome.TrySetResult(await task);
        }
        catch (OperationCanceledException cancelled)
        {
            outcome.TrySetCanceled(cancelled.CancellationToken);
        }
        catch (Exception failure)
        {
            outcome.TrySetException(failure);
        }
    }
}
