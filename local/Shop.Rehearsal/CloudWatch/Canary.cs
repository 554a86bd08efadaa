using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.CloudWatch;

/// <summary>Walks a shopper's journey over and over, from one Region, and puts <c>SuccessPercent</c> and <c>Duration</c> as CloudWatch Synthetics does.</summary>
/// <param name="journey">A failure is an exception; its message is the detail.</param>
public sealed class Canary(
    CanaryOptions options, CloudWatchService cloudWatch, RegionPower power, Func<CancellationToken, Task> journey,
    TimeProvider time, ILogger<Canary>? logger = null)
{
    private const int MostKept = 200;
    private readonly ILogger _logger = logger ?? NullLogger<Canary>.Instance;
    private readonly ConcurrentQueue<CanaryResult> _results = new();

    public CanaryOptions Options => options;

    public string Region => power.Region;

    /// <summary>The newest runs, oldest first.</summary>
    public IReadOnlyCollection<CanaryResult> Results => _results;

    public static MetricId SuccessPercent(string canaryName) => new("CloudWatchSynthetics", "SuccessPercent", ("CanaryName", canaryName));

    public static MetricId Duration(string canaryName) => new("CloudWatchSynthetics", "Duration", ("CanaryName", canaryName));

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var next = time.GetUtcNow() + options.Interval;
            if (power.IsOn)
            {
                await RunOnceAsync(cancellationToken);
            }

            var pause = next - time.GetUtcNow();
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public async Task<CanaryResult?> RunOnceAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        string? failure = null;
        try
        {
            await journey(linked.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            failure = patience.IsCancellationRequested ? $"No answer in {options.Timeout.TotalSeconds:0.###} s" : e.Message;
        }

        var result = new CanaryResult(failure is null, failure ?? "", time.GetElapsedTime(started), time.GetUtcNow());
        Keep(result);
        return result;
    }

    private void Keep(CanaryResult result)
    {
        if (!power.IsOn)
        {
            return;
        }

        if (_results.LastOrDefault() is var last && (last is null || last.Succeeded != result.Succeeded))
        {
            _logger.LogInformation(
                "Canary {Canary} in {Region}: {Outcome} {Detail}", options.Name, Region, result.Succeeded ? "passes" : "fails", result.Detail);
        }

        _results.Enqueue(result);
        while (_results.Count > MostKept)
        {
            _results.TryDequeue(out _);
        }

        cloudWatch.Put(SuccessPercent(options.Name), result.Succeeded ? 100 : 0);
        cloudWatch.Put(Duration(options.Name), result.Duration.TotalMilliseconds);
    }
}
