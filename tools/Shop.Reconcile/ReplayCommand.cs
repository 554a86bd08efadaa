using System.Globalization;
using System.Text.Json;
using Shop.Reconciliation;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Replaying;
using Shop.Reconciliation.Storage;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconcile;

/// <summary>Puts back what is missing, or shows what it would put back.</summary>
internal static class ReplayCommand
{
    private const int Shown = 20;

    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> words, Terminal console, CancellationToken cancellationToken)
    {
        var options = Options.Parse("replay", words, ["run", "aggregate", "approved-by", "batch", "pause", "source", "target", "tls", "tls-ca", "include"], ["execute", "moved"]);
        var approvedBy = options.Find("approved-by");
        if (options.Has("execute") != (approvedBy is { Length: > 0 }))
        {
            throw new UsageException("--execute and --approved-by go together: somebody looks at the dry run first, and is named.");
        }

        using var run = Run.Take(options.Get("run"));
        if (run is null)
        {
            return await PlanCommand.AlreadyRunningAsync(options, console);
        }

        var file = await run.ReadAsync(cancellationToken);
        var (login, source, target) = Run.Login(file, options, console.Variable);
        var code = ExitCode.Equal;
        foreach (var aggregate in Chosen(file, options))
        {
            var keys = Run.Keys(aggregate);
            var manifest = await run.Files.GetJsonAsync(keys.Manifest, RJson.Default.RunManifest, cancellationToken);
            var (missing, review) = await MissingKeys.ReadAsync(run.Files, keys, options.Find("include"), cancellationToken);
            var outcomes = await ReplayAsync(login, source, target, manifest, missing, approvedBy, options, console, run.PathOf($"{aggregate}/replay.ndjson"), cancellationToken);
            await SayAsync(console, manifest, outcomes, review, approvedBy, run.PathOf($"{aggregate}/replay.ndjson"));
            code |= outcomes.Any(o => o.Result == ReplayResult.Conflict) ? ExitCode.Conflict : 0;
            code |= outcomes.Any(o => o.Result == ReplayResult.SourceGone) ? ExitCode.SourceGone : 0;
            if (approvedBy is not null)
            {
                var left = await ReDiff.CountAsync(login, source.Endpoint, target.Endpoint, manifest, missing, cancellationToken);
                await console.SayAsync(left == 0 ? "  Compared again: nothing of it differs any more." : $"  Compared again: {left} still differ.");
                code |= left > 0 ? ExitCode.Different : 0;
            }
            else
            {
                code |= outcomes.Any(o => o.Result == ReplayResult.WouldInsert) ? ExitCode.Different : 0;
            }
        }

        return code;
    }

    private static IEnumerable<string> Chosen(RunFile file, Options options) => options.Find("aggregate") switch
    {
        null => file.Aggregates,
        { } one when file.Aggregates.Contains(one) => [one],
        { } other => throw new UsageException($"--aggregate is '{other}', the run has {string.Join(", ", file.Aggregates)}."),
    };

    private static async Task<List<ReplayOutcome>> ReplayAsync(
        DatabaseLogin login, DatabaseUrl source, DatabaseUrl target, RunManifest manifest, IReadOnlyList<AggregateKey> missing, string? approvedBy,
        Options options, Terminal console, string log, CancellationToken cancellationToken)
    {
        await using var from = await login.OpenAsync(source.Endpoint, cancellationToken);
        await using var schema = await login.OpenAsync(target.Endpoint, cancellationToken);
        await using var to = await login.ConnectAsync(target.Endpoint, cancellationToken);
        var replayer = await Replayer.CreateAsync(manifest.Plan, manifest.RunId, from, schema, to, TimeProvider.System, cancellationToken);
        await using var guard = await login.GuardAsync(target.Endpoint, manifest.Plan.Load, r => console.Error.WriteLine($"waiting: {r}"), cancellationToken);
        foreach (var lost in replayer.NotCopied)
        {
            await console.Error.WriteLineAsync($"shop-reconcile: {manifest.Plan.Name}: {lost}; that is not put back.");
        }

        // Each outcome is on record before the next is touched: a process that is killed leaves at most one without a line, and then says so the next time.
        await using var lines = new StreamWriter(new FileStream(log, FileMode.Append)) { AutoFlush = true };
        var (batch, pause) = (options.Number("batch", 1) ?? 100, TimeSpan.FromSeconds(options.Number("pause", 0) ?? 0));
        var outcomes = new List<ReplayOutcome>();
        using var progress = console.Progress("replay", missing.Count, $"{manifest.Plan.Noun}s");
        foreach (var keys in missing.Chunk(batch))
        {
            await guard.WaitAsync(cancellationToken);
            foreach (var key in keys)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var outcome = await replayer.ReplayAsync(key, approvedBy, cancellationToken);
                await lines.WriteLineAsync(JsonSerializer.Serialize(outcome, RJson.Default.ReplayOutcome));
                outcomes.Add(outcome);
                progress.Add(1);
            }

            await Task.Delay(pause, cancellationToken);
        }

        return outcomes;
    }

    private static async Task SayAsync(Terminal console, RunManifest manifest, List<ReplayOutcome> outcomes, int review, string? approvedBy, string log)
    {
        var counts = outcomes.GroupBy(o => o.Result).OrderBy(g => g.Key).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count():#,0} {Words(g.Key)}"));
        await console.SayAsync($"{manifest.Plan.Name}: {(outcomes.Count == 0 ? review > 0 ? "nothing is advised to be put back" : "nothing is missing" : string.Join(", ", counts))}{(approvedBy is null ? " (dry run: nothing was written)" : "")}");
        if (review > 0)
        {
            await console.SayAsync(string.Create(
                CultureInfo.InvariantCulture, $"  {review:#,0} missing are left out: the report says that a person must look first (--include {string.Join(", ", MissingKeys.Includable)})"));
        }

        foreach (var outcome in outcomes.Where(o => o.Reason is not null).Take(Shown))
        {
            await console.SayAsync($"  {outcome.Key}: {outcome.Reason}");
        }

        await console.SayAsync($"  {log}");
        if (approvedBy is null && outcomes.Any(o => o.Result == ReplayResult.WouldInsert))
        {
            await console.SayAsync("  To do it: the same command with --execute --approved-by NAME");
        }
    }

    private static string Words(ReplayResult result) => result switch
    {
        ReplayResult.WouldInsert => "would be inserted",
        ReplayResult.Inserted => "inserted",
        ReplayResult.AlreadyThere => "there already",
        ReplayResult.Conflict => "in conflict, left as they are",
        _ => "gone from the source",
    };
}
