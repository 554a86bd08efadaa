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
    private const int BatchSize = 100;

    public async Task<ReplayCounts> RunAsync(ReplayInput input, TaskContext context, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.Database, input.RunId);
        var manifest = await files.GetJsonAsync(keys.Manifest, RJson.Default.RunManifest, cancellationToken);
        var missing = await MissingKeys.ReadAsync(files, keys, manifest, cancellationToken);
        return input.Mode switch
        {
            Announce => await AnnounceAsync(input, manifest, missing, cancellationToken),
            DryRun => await ReplayAsync(input, manifest, missing, 0, null, new ReplayCounts(), keys.Replay("dry-run"), cancellationToken),
            Execute when input.ApprovedBy is { Length: > 0 } approvedBy => await ExecuteAsync(input, manifest, missing, approvedBy, keys, cancellationToken),
            Execute => throw new ShopException("Shop.InvalidInput", "approvedBy is needed: nobody replays without a second person's word."),
            Verify => new ReplayCounts(
                missing.Count, true, Differing: await ReDiff.CountAsync(login, input.Source, input.Target, manifest, missing, cancellationToken)),
            _ => throw new ShopException("Shop.InvalidInput", $"mode is '{input.Mode}', expected {Announce}, {DryRun}, {Execute} or {Verify}."),
        };
    }

    private async Task<ReplayCounts> AnnounceAsync(
        ReplayInput input, RunManifest manifest, IReadOnlyList<AggregateKey> missing, CancellationToken cancellationToken)
    {
        if (manifest.Plan.Replay?.Announce is { } table)
        {
            await using var target = await login.ConnectAsync(input.Target, cancellationToken);
            await Announcements.WriteAsync(target, table, manifest.RunId, missing, cancellationToken);
        }

        return new ReplayCounts(missing.Count, true);
    }

    private Task<ReplayCounts> ExecuteAsync(
        ReplayInput input, RunManifest manifest, IReadOnlyList<AggregateKey> missing, string approvedBy, RunKeys keys, CancellationToken cancellationToken)
    {
        var soFar = input.SoFar ?? new ReplayCounts();
        var file = keys.Replay(soFar.Next.ToString("000000", CultureInfo.InvariantCulture));
        return ReplayAsync(input, manifest, [.. missing.Take(soFar.Next + BatchSize)], soFar.Next, approvedBy, soFar, file, cancellationToken, missing.Count);
    }

    private async Task<ReplayCounts> ReplayAsync(
        ReplayInput input, RunManifest manifest, IReadOnlyList<AggregateKey> missing, int from, string? approvedBy, ReplayCounts counts, string file,
        CancellationToken cancellationToken, int? all = null)
    {
        await using var source = await login.OpenAsync(input.Source, cancellationToken);
        await using var schema = await login.OpenAsync(input.Target, cancellationToken);
        await using var target = await login.ConnectAsync(input.Target, cancellationToken);
        var replayer = await Replayer.CreateAsync(manifest.Plan, manifest.RunId, source, schema, target, time, cancellationToken);
        using var log = new MemoryStream();
        foreach (var key in missing.Skip(from))
        {
            var outcome = await replayer.ReplayAsync(key, approvedBy, cancellationToken);
            log.Write(JsonSerializer.SerializeToUtf8Bytes(outcome, RJson.Default.ReplayOutcome));
            log.WriteByte((byte)'\n');
            counts = counts with
            {
                WouldInsert = counts.WouldInsert + (outcome.Result == ReplayResult.WouldInsert ? 1 : 0),
                Inserted = counts.Inserted + (outcome.Result == ReplayResult.Inserted ? 1 : 0),
                AlreadyThere = counts.AlreadyThere + (outcome.Result == ReplayResult.AlreadyThere ? 1 : 0),
                Conflicts = counts.Conflicts + (outcome.Result is ReplayResult.Conflict or ReplayResult.SourceGone ? 1 : 0),
                Events = counts.Events + outcome.Events,
            };
        }

        log.Position = 0;
        await files.PutAsync(file, log, "application/x-ndjson", cancellationToken);
        return counts with { Next = missing.Count, IsDone = missing.Count >= (all ?? missing.Count) };
    }
}
