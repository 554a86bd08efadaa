using System.Globalization;
using System.Text.Json.Nodes;
using Shop.Benchmarks.Harness;
using Shop.Rehearsal.Hosting;

namespace Shop.Benchmarks.Suites;

/// <summary>What hosting adds to an endpoint that does nothing, with a warm process, one invocation at a time as in Lambda.</summary>
internal static class HostingOverhead
{
    private const int Warmup = 2_000;

    public static Task<IReadOnlyList<Measurement>> MeasureAsync(Workspace workspace, BenchOptions options, CancellationToken cancellationToken) =>
        Task.Run(() => Measure(workspace, options, cancellationToken), cancellationToken);

    private static IReadOnlyList<Measurement> Measure(Workspace workspace, BenchOptions options, CancellationToken cancellationToken)
    {
        var (aot, jit) = (SampleOf(workspace, aheadOfTime: true), SampleOf(workspace, aheadOfTime: false));
        // The floor polls and answers a constant on the same socket: what remains is the Runtime API itself.
        using var ours = Warm(aot.File, [.. aot.Arguments], cancellationToken);
        using var floor = Warm(aot.File, [.. aot.Arguments, "floor"], cancellationToken);
        using var quick = Warm(jit.File, [.. jit.Arguments], cancellationToken);
        var nothing = FunctionProcess.Invocation(AlbEvents.Get("/nothing"));
        Samples oursTook = new(), floorTook = new(), quickTook = new(), bytes = new();
        for (var round = 0; round < options.Runs; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = Allocated(ours);
            oursTook.Add(Round(ours, nothing, options.Invocations));
            bytes.Add((Allocated(ours) - before) / (options.Invocations + 1));
            floorTook.Add(Round(floor, nothing, options.Invocations));
            quickTook.Add(Round(quick, nothing, options.Invocations));
        }

        return
        [
            new Measurement("warm do-nothing invocation, p50 of a round", "us", oursTook, [("JIT", quickTook), ("poll and constant answer", floorTook)]),
            new Measurement("warm do-nothing invocation, allocated", "bytes", bytes, []),
        ];
    }

    private static FunctionProcess Warm(string file, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var process = FunctionProcess.Start(file, arguments, new Dictionary<string, string>
        {
            ["AWS_REGION"] = "us-east-1", ["DOTNET_gcServer"] = "0", ["DOTNET_TieredPGO"] = "0",
            // A line per request is the function's choice, not hosting.
            ["AWS_LAMBDA_LOG_LEVEL"] = "WARN",
        });
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            Round(process, FunctionProcess.Invocation(AlbEvents.Get("/nothing")), Warmup);
            return process;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>The median of a round: a noisy neighbour's moments fall into the tail.</summary>
    private static double Round(FunctionProcess process, byte[] albEvent, int invocations)
    {
        var took = new Samples();
        for (var i = 0; i < invocations; i++)
        {
            took.Add(process.Invoke(albEvent, out var answer));
            if (i == 0 && !answer.Contains("\"statusCode\":2", StringComparison.Ordinal))
            {
                throw new BenchException($"The sample answered {answer}");
            }
        }

        return took.Median;
    }

    private static double Allocated(FunctionProcess process)
    {
        process.Invoke(FunctionProcess.Invocation(AlbEvents.Get("/allocated")), out var answer);
        return double.Parse(JsonNode.Parse(answer)!["body"]!.GetValue<string>(), CultureInfo.InvariantCulture);
    }

    private static (string File, IReadOnlyList<string> Arguments) SampleOf(Workspace workspace, bool aheadOfTime)
    {
        if (!aheadOfTime)
        {
            return ("dotnet", [workspace.Assembly("tests/Shop.Lambda.Sample")]);
        }

        var folder = Directory.GetDirectories(Path.Combine(workspace.Artifacts, "aot", "publish", "Shop.Lambda.Sample"), "release_*").Single();
        return (Path.Combine(folder, "Shop.Lambda.Sample"), []);
    }
}
