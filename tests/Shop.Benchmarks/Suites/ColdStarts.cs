using Shop.Benchmarks.Harness;

namespace Shop.Benchmarks.Suites;

/// <summary>Process start to first answer of a real request with its store, compiled ahead of time beside the quick build.</summary>
internal static class ColdStarts
{
    private static readonly (string Function, string Path, int Status)[] Requests =
    [
        ("shop-catalog", "/catalogue?page=1&size=10", 200),
        ("shop-orders", "/orders?customerId=nobody", 200),
        ("shop-carts", "/carts/nobody", 200),
        ("shop-checkout", "/checkout/nobody", 404),
    ];

    public static Task<IReadOnlyList<Measurement>> MeasureAsync(BenchStore store, BenchOptions options, CancellationToken cancellationToken) =>
        Task.Run(() => Measure(store, options, cancellationToken), cancellationToken);

    private static IReadOnlyList<Measurement> Measure(BenchStore store, BenchOptions options, CancellationToken cancellationToken)
    {
        var measurements = new List<Measurement>();
        foreach (var (function, path, status) in Requests)
        {
            var environment = store.EnvironmentOf(function);
            var albEvent = FunctionProcess.Invocation(AlbEvents.Get(path));
            Variant[] variants = [new(AheadOfTime: true), new(AheadOfTime: false)];
            // The first round fills the page cache and is not counted.
            for (var run = 0; run <= options.Runs; run++)
            {
                foreach (var variant in variants)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var (file, arguments) = store.Workspace.Function(store.ProjectOf(function), variant.AheadOfTime);
                    using var process = FunctionProcess.Start(file, arguments, environment);
                    process.Invoke(albEvent, out var answer);
                    var took = process.SinceStart;
                    if (!answer.Contains($"\"statusCode\":{status}", StringComparison.Ordinal))
                    {
                        throw new BenchException($"{function} {path} answered {answer}");
                    }

                    if (run > 0)
                    {
                        variant.Milliseconds.Add(took);
                        variant.Initialised.Add(process.Initialised);
                        variant.Megabytes.Add(process.PeakMemory);
                    }
                }
            }

            measurements.Add(new Measurement($"cold start {function}", "ms", variants[0].Milliseconds, [("JIT", variants[1].Milliseconds)]));
            measurements.Add(new Measurement($"cold start {function}, of it to the first poll", "ms", variants[0].Initialised, [("JIT", variants[1].Initialised)]));
            measurements.Add(new Measurement($"cold start {function}, peak memory", "MB", variants[0].Megabytes, [("JIT", variants[1].Megabytes)]));
        }

        return measurements;
    }

    private sealed record Variant(bool AheadOfTime)
    {
        public Samples Milliseconds { get; } = new();

        /// <summary>Of these, to the first poll: in Lambda the init phase, which is not the request's own.</summary>
        public Samples Initialised { get; } = new();

        public Samples Megabytes { get; } = new();
    }
}
