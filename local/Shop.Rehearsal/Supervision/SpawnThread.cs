using System.Collections.Concurrent;

namespace Shop.Rehearsal.Supervision;

/// <summary>The one thread that starts children.</summary>
/// <remarks>The kernel's parent-death signal follows the thread that forked: a child of a pool thread dies when the pool retires it.</remarks>
internal sealed class SpawnThread
{
    private readonly BlockingCollection<Action> _work = [];

    private SpawnThread() => new Thread(Run) { IsBackground = true, Name = "spawn" }.Start();

    public static SpawnThread Shared { get; } = new();

    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
