using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Shop.Benchmarks.Harness;
using Shop.Benchmarks.Reconciling;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Hosting;

namespace Shop.Benchmarks.Suites;

/// <summary>The missing-transaction report at scale: each phase, the whole, and what others would take for the same.</summary>
internal static class ReconcilingOrders
{
    public static async Task<IReadOnlyList<Measurement>> MeasureAsync(Workspace workspace, BenchOptions options, CancellationToken cancellationToken)
    {
        await using var sides = await TwoSides.StartAsync(
            Path.Combine(workspace.Artifacts, "bench", "servers"), Path.Combine(workspace.Artifacts, "cache"), cancellationToken);
        var started = Stopwatch.GetTimestamp();
        // Both sides' data in memory if the machine has it; the figures are about the comparison, not the disk.
        var pool = Math.Clamp(options.ReconcileOrders / 1000, 256, 6000);
        await sides.FillAsync(await SchemaAsync(workspace, cancellationToken), options.ReconcileOrders, pool, cancellationToken);
        await Damage.DoAsync(sides, options.ReconcileOrders, cancellationToken);
        foreach (var server in sides.Both)
        {
            await server.ExecuteAsync("CREATE USER bench@'%' IDENTIFIED BY 'only-for-the-benchmark'; GRANT ALL ON *.* TO bench@'%'", cancellationToken);
        }

        var items = await sides.CountAsync("customer_order_item", cancellationToken);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {options.ReconcileOrders:#,0} orders, {items:#,0} items, 1,000 differences ({Stopwatch.GetElapsedTime(started).TotalSeconds:0} s to fill)"));

        var figures = new Figures();
        var (missing, changed, extra) = Damage.Expected;
        // One round warms both servers up and is not counted.
        for (var round = 0; round <= options.ReconcileRounds; round++)
        {
            foreach (var name in Baseline.All.Keys)
            {
                figures.Add(round, name, await BaselineAsync(name, sides, cancellationToken));
            }

            foreach (var hash in (string[])["sha1", "crc32", "md5"])
            {
                var run = Directory.CreateTempSubdirectory("shop-bench-run-").FullName;
                try
                {
                    await CompareAsync(workspace, sides, run, hash, cancellationToken);
                    Check(run, missing, changed, extra);
                    figures.AddRun(round, hash, run);
                }
                finally
                {
                    Directory.Delete(run, recursive: true);
                }
            }
        }

        await PerconaToolkit.CompareAsync(sides, figures, cancellationToken);
        figures.Print(options.ReconcileOrders);
        return figures.Measurements();
    }

    private static async Task<string> SchemaAsync(Workspace workspace, CancellationToken cancellationToken) =>
        await File.ReadAllTextAsync(Path.Combine(workspace.Root, "functions", "Shop.Databases", "Schema", "orders", "0001_orders.sql"), cancellationToken);

    private static async Task CompareAsync(Workspace workspace, TwoSides sides, string run, string hash, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "compare", "--quiet", "--run", run, "--hash", hash, "--failover-at", "2026-11-23T12:00:00Z", "--promoted-at", "2026-11-23T12:00:10Z", "--window", "900",
            "--config", Path.Combine(workspace.Root, "functions", "Shop.Reconciliation", "Plans", "orders.json"), "--source", Url(sides.Old), "--target", Url(sides.New),
        ];
        var (code, output, seconds) = await ProcessAsync(Tool(workspace), arguments, cancellationToken);
        if (code != 16)
        {
            throw new BenchException($"shop-reconcile ended with {code}, expected 16: {output}");
        }

        await File.WriteAllTextAsync(Path.Combine(run, "seconds"), seconds.ToString(CultureInfo.InvariantCulture), cancellationToken);
    }

    /// <summary>What <c>make install-tools</c> makes.</summary>
    private static string Tool(Workspace workspace)
    {
        var architecture = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "x64";
        var tool = Path.Combine(workspace.Artifacts, "tools", $"linux-{architecture}", "shop-reconcile");
        return File.Exists(tool) ? tool : throw new BenchException($"{tool} is not there; make bench compiles it.");
    }

    /// <summary>A fast answer that is wrong counts for nothing.</summary>
    private static void Check(string run, int missing, int changed, int extra)
    {
        var totals = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "orders", "report.json")))!["totals"]!;
        var found = (Count("missing"), Count("changed"), Count("extra"));
        if (found != (missing, changed, extra))
        {
            throw new BenchException($"The report has {found} missing, changed and extra orders, expected {(missing, changed, extra)}.");
        }

        int Count(string name) => (int)totals[name]!["count"]!;
    }

    private static async Task<JsonNode> BaselineAsync(string name, TwoSides sides, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Shop.Benchmarks.dll"), Baseline.Word, name, TwoSides.ConnectionString(sides.Old), TwoSides.ConnectionString(sides.New),
        ];
        var (code, output, _) = await ProcessAsync("dotnet", arguments, cancellationToken);
        return code == 0 ? JsonNode.Parse(output)! : throw new BenchException($"'{name}' ended with {code}: {output}");
    }

    private static string Url(MariaDbServer server) =>
        string.Create(CultureInfo.InvariantCulture, $"mysql://bench:only-for-the-benchmark@127.0.0.1:{server.Port}/{TwoSides.Database}");

    private static async Task<(int Code, string Output, double Seconds)> ProcessAsync(string file, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, process.ExitCode is 0 or 16 ? await output : await output + await error, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Seconds, bytes and memory of each variant, warm-up left out.</summary>
    internal sealed class Figures
    {
        private readonly Dictionary<string, (Samples Seconds, Samples Megabytes, Samples Memory, Samples Found)> _all = new(StringComparer.Ordinal);

        public void Add(int round, string name, JsonNode figures)
        {
            if (round > 0)
            {
                Add(name, (double)figures["seconds"]!, (double)figures["bytes"]! / 1e6, (double)figures["peakMegabytes"]!, (double)figures["found"]!);
            }
        }

        public void Add(string name, double seconds, double megabytes, double memory, double found)
        {
            if (!_all.TryGetValue(name, out var samples))
            {
                _all[name] = samples = (new(), new(), new(), new());
            }

            samples.Seconds.Add(seconds);
            samples.Megabytes.Add(megabytes);
            samples.Memory.Add(memory);
            samples.Found.Add(found);
        }

        public void AddRun(int round, string hash, string run)
        {
            if (round == 0)
            {
                return;
            }

            var phases = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "statistics.json")))!["phases"]!.AsArray();
            foreach (var phase in phases)
            {
                Add($"{hash}: {phase!["phase"]}", (double)phase["seconds"]!, (double)phase["bytes"]! / 1e6, (double)phase["peakMegabytes"]!, (double)phase["found"]!);
            }

            // What the plan took includes the window.
            var whole = phases.Where(p => (string)p!["phase"]! != "window").ToList();
            Add(
                $"{hash}: whole proof", whole.Sum(p => (double)p!["seconds"]!), whole.Sum(p => (double)p!["bytes"]!) / 1e6, whole.Max(p => (double)p!["peakMegabytes"]!),
                whole.Where(p => (string)p!["phase"]! is "versions" or "content").Sum(p => (double)p!["found"]!));
            Add($"{hash}: process from start to report", double.Parse(File.ReadAllText(Path.Combine(run, "seconds")), CultureInfo.InvariantCulture), 0, 0, 0);
        }

        public void Print(int orders)
        {
            Console.WriteLine($"  {"",-48} {"seconds",9} {"MB moved",9} {"peak MB",9} {"found",7}");
            foreach (var (name, (seconds, megabytes, memory, found)) in _all)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"  {name,-48} {seconds.Median,9:0.000} {megabytes.Median,9:0.0} {memory.Median,9:0} {found.Median,7:0}"));
            }

            var floor = _all["floor: the same hash, one statement a table"].Seconds.Median;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  whole proof over the floor: x{_all["sha1: whole proof"].Seconds.Median / floor:0.00} with {orders:#,0} orders"));
        }

        public IReadOnlyList<Measurement> Measurements()
        {
            var baselines = Baseline.All.Keys.Select(n => (n, _all[n])).ToList();
            return
            [
                .. _all.Where(a => !Baseline.All.ContainsKey(a.Key)).Select(a => new Measurement(
                    $"reconcile {a.Key}", "s", a.Value.Seconds, a.Key.EndsWith("whole proof", StringComparison.Ordinal) ? [.. baselines.Select(b => (b.n, b.Item2.Seconds))] : [])),
                new("reconcile sha1: moved", "MB", _all["sha1: whole proof"].Megabytes, [.. baselines.Select(b => (b.n, b.Item2.Megabytes))]),
                new("reconcile sha1: peak memory", "MB", _all["sha1: whole proof"].Memory, [.. baselines.Select(b => (b.n, b.Item2.Memory))]),
            ];
        }
    }
}
