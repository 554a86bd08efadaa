using System.Collections.Concurrent;

namespace Shop.Rehearsal.Aurora;

/// <summary>Work that a call began and does not wait for.</summary>
internal sealed class BackgroundWork
{
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    public Task Run(Func<Task> work, Action? onFailure = null)
    {
        var task = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (Exception)
            {
                // Whoever waits for it sees a status that says so.
                onFailure?.Invoke();
            }
        });
        _running[task] = true;
        _ = task.ContinueWith(done => _running.TryRemove(done, out _), TaskScheduler.Default);
        return task;
    }

    public Task FinishAsync() => Task.WhenAll(_running.Keys);
}
