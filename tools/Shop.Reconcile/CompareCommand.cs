using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Shop.Reconciliation;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Storage;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconcile;

/// <summary>Compares what a plan lists, group by group; what has a checkpoint is not compared again.</summary>
internal static class CompareCommand
{
    private static readonly string[] Phases = ["window", CompareInput.Versions, CompareInput.Content];

    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> words, Terminal console, CancellationToken cancellationToken)
    {
        var options = Options.Parse("compare", words, [.. PlanCommand.Names, "until"], ["fresh", "quiet", "moved"]);
        var until = options.Find("until") ?? CompareInput.Content;
        if (!Phases.Contains(until))
        {
            throw new UsageException($"--until is '{until}', expected {string.Join(", ", Phases)}.");
        }

        using var run = Run.Take(options.Get("run"));
        if (run is null)
        {
            return await PlanCommand.AlreadyRunningAsync(options, console);
        }

        if (until == "window" && Run.Exists(run.Folder) && !options.Has("fresh"))
        {
            throw new UsageException($"{run.Folder} holds a run, which is past its window: its tail.ndjson has what that showed. (--fresh begins anew.)");
        }

        if (options.Has("quiet"))
        {
            console = console with { Error = TextWriter.Null };
        }

        if (options.Has("fresh"))
        {
            await ForgetAsync(run, options, cancellationToken);
        }

        var statistics = new Statistics();
        if (!Run.Exists(run.Folder))
        {
            var planned = await PlanCommand.PlanAsync(run, options, console, statistics, until == "window", cancellationToken);
            if (until == "window")
            {
                await statistics.WriteAsync(run, cancellationToken);
                File.Delete(run.PathOf("run.json"));
                var found = statistics.Phases.Where(p => p.Phase == "window").Sum(p => p.Found);
                return ExitCode.Partial | (found > 0 ? ExitCode.Different : 0) | (planned.Skipped.Count > 0 ? ExitCode.TableSkipped : 0);
            }
        }
        else if (options.Has("config"))
        {
            await console.SayAsync($"{run.Folder} holds a run already: it is gone on with. (--fresh begins anew.)");
        }

        var file = await run.ReadAsync(cancellationToken);
        await CompareAsync(run, file, options, until, console, statistics, cancellationToken);
        await statistics.WriteAsync(run, cancellationToken);
        return await ReportCommand.WriteAsync(run, file, until, console, cancellationToken);
    }

    private static async Task CompareAsync(
        Run run, RunFile file, Options options, string until, Terminal console, Statistics statistics, CancellationToken cancellationToken)
    {
        var (login, from, to) = Run.Login(file, options, console.Variable);
        await using var source = await login.OpenAsync(from.Endpoint, cancellationToken);
        await using var target = await login.OpenAsync(to.Endpoint, cancellationToken);
        // All keys and versions before any content: what is missing is known long before what was changed behind a version's back.
        foreach (var phase in Phases.Skip(1).Take(Array.IndexOf(Phases, until)))
        {
            foreach (var aggregate in file.Aggregates)
            {
                var keys = Run.Keys(aggregate);
                var manifest = await run.Files.GetJsonAsync(keys.Manifest, RJson.Default.RunManifest, cancellationToken);
                await using var guard = await login.GuardAsync(to.Endpoint, manifest.Plan.Load, r => console.Error.WriteLine($"waiting: {r}"), cancellationToken);
                await statistics.TimeAsync(
                    aggregate, phase, source, target, found => found,
                    () => CompareAsync(run, keys, manifest, phase, source, target, guard, console, cancellationToken), cancellationToken);
            }
        }
    }

    private static async Task<int> CompareAsync(
        Run run, RunKeys keys, RunManifest manifest, string phase, SnapshotSession source, SnapshotSession target, LoadGuard guard, Terminal console,
        CancellationToken cancellationToken)
    {
        var (missing, other) = (0, 0);
        using var progress = console.Progress(phase, (long)manifest.Groups.Sum(g => g.Ranges.Count) * manifest.RangeRows, $"{manifest.Plan.Noun}s");
        var comparer = new GroupComparer(run.Files, keys, manifest, source, target, guard)
        {
            Summed = ranges => progress.Add((long)ranges * manifest.RangeRows),
            Listed = difference =>
            {
                _ = difference.Class == DifferenceClass.Missing ? missing++ : other++;
                progress.Note = string.Create(CultureInfo.InvariantCulture, $"{missing:#,0} missing, {other:#,0} other");
            },
        };
        foreach (var group in manifest.Groups)
        {
            var versions = await FindAsync(keys.Versions(group.Group), RJson.Default.VersionResult);
            if (phase == CompareInput.Versions ? versions is not null : await FindAsync(keys.Group(group.Group), RJson.Default.GroupResult) is not null)
            {
                progress.Add((long)group.Ranges.Count * manifest.RangeRows);
            }
            else if (phase == CompareInput.Versions)
            {
                await comparer.CompareVersionsAsync(group, cancellationToken);
            }
            else
            {
                await comparer.CompareContentsAsync(group, versions, cancellationToken);
            }
        }

        return missing + other;

        Task<T?> FindAsync<T>(string key, JsonTypeInfo<T> type)
            where T : class => run.Files.FindJsonAsync(key, type, cancellationToken);
    }

    /// <summary>Deletes what the run's own file names, and nothing else: the folder was typed by a person.</summary>
    private static async Task ForgetAsync(Run run, Options options, CancellationToken cancellationToken)
    {
        // Before anything is deleted: without them there would be no new run.
        (_, _, _) = (options.Get("config"), options.Get("source"), options.Get("target"));
        if (!Run.Exists(run.Folder))
        {
            return;
        }

        var former = await run.ReadAsync(cancellationToken);
        if (former.Aggregates.Select(a => run.PathOf($"{a}/replay.ndjson")).FirstOrDefault(File.Exists) is { } record)
        {
            throw new UsageException($"{record} says what was put back and who approved it. Keep it elsewhere, or give the new run a folder of its own.");
        }

        foreach (var folder in former.Aggregates.Select(run.PathOf).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        File.Delete(run.PathOf("run.json"));
    }
}
