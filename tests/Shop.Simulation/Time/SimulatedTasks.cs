namespace Shop.Simulation.Time;

internal static class SimulatedTasks
{
    /// <summary>A pause on the simulated clock that ends early, as cancelled, with its caller.</summary>
    public static async Task PauseAsync(this SimulatedTime time, TimeSpan pause, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource();
        using var timer = time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), done, pause, Timeout.InfiniteTimeSpan);
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), done);
        await done.Task;
    }

    /// <summary>Ends only as cancelled.</summary>
    public static async Task HangAsync(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource();
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), never);
        await never.Task;
    }
}
