using System.Globalization;
using Shop.Lambda;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconcile;

/// <summary>Looks at both sides and writes down what is to be compared.</summary>
internal static class PlanCommand
{
    public static readonly string[] Names =
    [
        "source", "target", "tls", "tls-ca", "config", "run", "failover-at", "promoted-at", "lag-ms", "window", "hash", "max-threads", "max-lag", "time-zone", "replicated-through",
    ];

    // A checkpoint each: a second or two of work.
    private const int RangesPerGroup = 64;

    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> words, Terminal console, CancellationToken cancellationToken)
    {
        var options = Options.Parse("plan", words, Names, []);
        using var run = Run.Take(options.Get("run"));
        if (run is null)
        {
            return await AlreadyRunningAsync(options, console);
        }

        var statistics = new Statistics();
        var file = await PlanAsync(run, options, console, statistics, false, cancellationToken);
        await statistics.WriteAsync(run, cancellationToken);
        return file.Skipped.Count > 0 ? ExitCode.TableSkipped : ExitCode.Equal;
    }

    public static async Task<ExitCode> AlreadyRunningAsync(Options options, Terminal console)
    {
        await console.Error.WriteLineAsync($"shop-reconcile: another process is at work in {options.Get("run")}.");
        return ExitCode.AlreadyRunning;
    }

    /// <summary>Plans every aggregate of the configuration. The run's file is written last: a plan that was interrupted is made anew.</summary>
    public static async Task<RunFile> PlanAsync(
        Run run, Options options, Terminal console, Statistics statistics, bool onlyWindow, CancellationToken cancellationToken)
    {
        var plans = await Config.ReadAsync(options.Get("config"), cancellationToken);
        var source = DatabaseUrl.Parse("source", options.Get("source"), console.Variable);
        var target = DatabaseUrl.Parse("target", options.Get("target"), console.Variable);
        var tls = options.Find("tls") ?? "preferred";
        var login = new DatabaseLogin(new GivenSecrets(source, target), DatabaseUrl.Tls(tls), options.Find("tls-ca"));
        var runId = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run.Folder)));
        var skipped = new List<string>();
        await using var ours = await login.OpenAsync(source.Endpoint, cancellationToken);
        await using var theirs = await login.OpenAsync(target.Endpoint, cancellationToken);
        foreach (var plan in plans.Select(p => With(p, options)))
        {
            var input = Input(runId, plan, source, target, options);
            try
            {
                await PlanAsync(run, plan, input, ours, theirs, console, statistics, onlyWindow, cancellationToken);
            }
            catch (ShopException e) when (e.ErrorName == "Shop.NothingToCompare")
            {
                skipped.Add(plan.Name);
                await console.Error.WriteLineAsync($"shop-reconcile: {plan.Name} is skipped. {e.Message}");
            }
        }

        var file = new RunFile(
            runId, source.ToString(), target.ToString(), tls, options.Find("tls-ca"), [.. plans.Select(p => p.Name).Except(skipped)], skipped);
        await run.WriteAsync(file, cancellationToken);
        return file;
    }

    private static async Task PlanAsync(
        Run run, ReconciliationPlan plan, PlanInput input, SnapshotSession source, SnapshotSession target, Terminal console, Statistics statistics,
        bool onlyWindow, CancellationToken cancellationToken)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        ProgressLine? progress = null;
        var planner = new RunPlanner(run.Files, Run.Keys(plan.Name))
        {
            RangesPerGroup = RangesPerGroup,
            TailCompared = tail =>
            {
                statistics.Add(plan.Name, "window", System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds, tail.Missing + tail.Changed + tail.Resurrected);
                console.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{plan.Name}: the newest rows show {tail.Missing:#,0} missing, {tail.Changed:#,0} changed, {tail.Resurrected:#,0} resurrected ({tail.Candidates:#,0} rows, {System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms). List: {run.PathOf(Run.Keys(plan.Name).Tail)}"));
                console.Output.Flush();
            },
            Warned = warnings =>
            {
                foreach (var warning in warnings)
                {
                    console.Error.WriteLine($"shop-reconcile: {plan.Name}: {warning}.");
                }
            },
            Cut = (done, all) => (progress ??= console.Progress("plan", all, "rows")).Set(done),
            OnlyWindow = onlyWindow,
        };
        try
        {
            await statistics.TimeAsync(
                plan.Name, "plan", source, target, m => m.Groups.Sum(g => g.Ranges.Count),
                () => planner.PlanAsync(plan, input, source, target, cancellationToken), cancellationToken);
        }
        finally
        {
            progress?.Dispose();
        }
    }

    private static ReconciliationPlan With(ReconciliationPlan plan, Options options)
    {
        var changed = plan with
        {
            Hash = options.Find("hash") ?? plan.Hash,
            WindowMarginSeconds = options.Number("window", 0) ?? plan.WindowMarginSeconds,
            Root = options.Find("time-zone") is { } zone ? plan.Root with { TimeZone = zone } : plan.Root,
            Load = new(options.Number("max-threads", 0) ?? plan.Load.MaxThreadsRunning, options.Number("max-lag", 0) ?? plan.Load.MaxLagSeconds),
        };
        PlanFile.Validate(changed);
        return changed;
    }

    private static PlanInput Input(string runId, ReconciliationPlan plan, DatabaseUrl source, DatabaseUrl target, Options options)
    {
        var named = options.Time("failover-at") ?? options.Time("promoted-at");
        var failover = named ?? TimeProvider.System.GetUtcNow();
        return new(
            runId, plan.Name, source.Endpoint, target.Endpoint, failover, options.Time("promoted-at") ?? failover, options.Number("lag-ms", 0),
            options.Time("replicated-through"), IsAssumed: named is null);
    }
}
