using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconciliation.Replaying;

/// <summary>Compares aggregates by name, after they were put back.</summary>
internal static class ReDiff
{
    private const int Batch = 500;

    /// <summary>How many of them still differ. What neither side has is no less lost than before.</summary>
    public static async Task<int> CountAsync(
        DatabaseLogin login, DatabaseEndpoint from, DatabaseEndpoint to, RunManifest manifest, IReadOnlyList<AggregateKey> keys,
        CancellationToken cancellationToken)
    {
        await using var source = await login.OpenAsync(from, cancellationToken);
        await using var target = await login.OpenAsync(to, cancellationToken);
        var sql = new AggregateSql(manifest.Tables, RowHash.Named(manifest.Hash));
        var (ours, theirs) = (new RangeReader(source, sql), new RangeReader(target, sql));
        var differing = 0;
        foreach (var batch in keys.Chunk(Batch))
        {
            var filter = new KeySet(batch);
            var (old, current) = (await ours.FingerprintsAsync(filter, cancellationToken), await theirs.FingerprintsAsync(filter, cancellationToken));
            differing += batch.Count(k => !old.TryGetValue(k, out var lost) || !current.TryGetValue(k, out var back) || lost != back);
        }

        return differing;
    }
}
