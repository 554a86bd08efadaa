using System.Globalization;
using System.Text.Json;
using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Replaying;
using Shop.Reconciliation.Storage;

namespace Shop.Reconciliation.Tasks;

/// <summary>Puts back what a run found missing, a batch an invocation. Every mode may be repeated: what is there is looked at, not written again.</summary>
internal sealed class ReplayTask(DatabaseLogin login, IReportFiles files, TimeProvider time)
{
    public const string Announce = "announce";
    public const string DryRun = "dryRun";
    public const string Execute = "execute";
    public const string Verify = "verify";
    public const string Withdraw = "withdraw";

    // Some seconds of work each; with a hundred thousand missing a state machine's history still holds all batches.
    private const int WrittenAtOnce = 500;
    private const int ReadAtOnce = 2000;
    private const int NotedAtOnce = 10_000;

    public async Task<ReplayCounts> RunAsync(ReplayInput input, TaskContext context, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.Database, input.RunId);
        var manifest = await files.GetJsonAsync(keys.Manifest, RJson.Default.RunManifest, cancellationToken);
        var missing = await MissingKeys.ReadAsync(files, keys, input.Request?.Include, cancellationToken);
        var size = input.Mode switch
        {
            Announce or Withdraw => NotedAtOnce,
            DryRun or Verify => ReadAtOnce,
            Execute when input.ApprovedBy is not { Length: > 0 } =>
                throw new ShopException("Shop.InvalidInput", "approvedBy is needed: nobody replays without a second person's word."),
            Execute => WrittenAtOnce,
            _ => throw new ShopException("Shop.InvalidInput", $"mode is '{input.Mode}', expected {Announce}, {DryRun}, {Execute}, {Verify} or {Withdraw}."),
        };
        var soFar = (input.SoFar ?? new ReplayCounts()) with { Review = missing.Review };
        IReadOnlyList<AggregateKey> batch = [.. missing.Keys.Skip(soFar.Next).Take(size)];
        var counts = input.Mode switch
        {
            Announce or Withdraw => await NoteAsync(input, manifest, batch, soFar, cancellationToken),
            Verify => soFar with
            {
                Differing = soFar.Differing + await ReDiff.CountAsync(login, input.Source, input.Target, manifest, batch, cancellationToken),
            },
            _ => await ReplayAsync(input, manifest, batch, soFar, keys, cancellationToken),
        };
        var next = soFar.Next + batch.Count;
        return counts with { Next = next, IsDone = next >= missing.Keys.Count };
    }

    private async Task<ReplayCounts> NoteAsync(
        ReplayInput input, RunManifest manifest, IReadOnlyList<AggregateKey> batch, ReplayCounts soFar, CancellationToken cancellationToken)
    {
        if (manifest.Plan.Replay?.Announce is { } table)
        {
            await using var target = await login.ConnectAsync(input.Target, cancellationToken);
            var announcements = new Announcements(target, table, manifest.RunId);
            await (input.Mode == Announce ? announcements.WriteAsync(batch, cancellationToken) : announcements.WithdrawAsync(batch, cancellationToken));
        }

        return soFar;
    }

    private async Task<ReplayCounts> ReplayAsync(
        ReplayInput input, RunManifest manifest, IReadOnlyList<AggregateKey> batch, ReplayCounts counts, RunKeys keys, CancellationToken cancellationToken)
    {
        var approvedBy = input.Mode == Execute ? input.ApprovedBy : null;
        var name = $"{input.Execution}/{(approvedBy is null ? "dry-run-" : "")}{counts.Next.ToString("000000", CultureInfo.InvariantCulture)}";
        if (approvedBy is not null)
        {
            var begun = new ReplayBatch(
                input.RunId, input.Execution, approvedBy, input.Request?.RequestedBy, counts.Next, counts.Next + batch.Count, time.GetUtcNow());
            await files.PutJsonAsync(keys.ReplayBegun(name), begun, RJson.Default.ReplayBatch, cancellationToken);
        }

        await using var source = await login.OpenAsync(input.Source, cancellationToken);
        await using var schema = await login.OpenAsync(input.Target, cancellationToken);
        await using var target = await login.ConnectAsync(input.Target, cancellationToken);
        var replayer = await Replayer.CreateAsync(manifest.Plan, manifest.RunId, source, schema, target, time, cancellationToken);
        using var log = new MemoryStream();
        foreach (var key in batch)
        {
            var outcome = await replayer.ReplayAsync(key, approvedBy, cancellationToken);
            log.Write(JsonSerializer.SerializeToUtf8Bytes(outcome, RJson.Default.ReplayOutcome));
            log.WriteByte((byte)'\n');
            counts = Add(counts, outcome);
        }

        log.Position = 0;
        await files.PutAsync(keys.Replay(name), log, "application/x-ndjson", cancellationToken);
        return counts;
    }

    private static ReplayCounts Add(ReplayCounts counts, ReplayOutcome outcome)
    {
        var more = outcome.Result switch
        {
            ReplayResult.WouldInsert => counts with { WouldInsert = counts.WouldInsert + 1 },
            ReplayResult.Inserted => counts with { Inserted = counts.Inserted + 1 },
            ReplayResult.AlreadyThere => counts with { AlreadyThere = counts.AlreadyThere + 1 },
            ReplayResult.SourceGone => counts with { Gone = counts.Gone + 1 },
            _ => counts with { Conflicts = counts.Conflicts + 1 },
        };
        return more with { Events = counts.Events + outcome.Events };
    }
}
