using System.Diagnostics;

namespace Shop.Benchmarks.Harness;

/// <summary>A bounded number of clients that each send one request after the other.</summary>
internal static class Clients
{
    /// <returns>Milliseconds of each request, and requests a second over all.</returns>
    public static async Task<(Samples Milliseconds, double PerSecond)> RunAsync(
        int clients, int requests, Func<int, CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        var took = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(
            async () =>
            {
                var own = new List<double>();
                for (var i = Interlocked.Increment(ref next); i < requests; i = Interlocked.Increment(ref next))
                {
                    var sent = Stopwatch.GetTimestamp();
                    await send(i, cancellationToken);
                    own.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                }

                return own;
            },
            cancellationToken)));
        var samples = new Samples();
        samples.AddAll(took.SelectMany(t => t));
        return (samples, requests / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
