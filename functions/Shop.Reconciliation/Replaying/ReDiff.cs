using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconciliation.Replaying;

/// <summary>Compares aggregates by name, after they were put back.</summary>
internal static class ReDiff
{
    private const int Batch = 500;

    /// <summary>How many of them still differ.</summary>
    public static async Task<int> CountAsync(
        DatabaseLogin login, DatabaseEndpoint from, DatabaseEndpoint to, RunManifest manifest, IReadOnlyList<AggregateKey> keys,
        CancellationToken cancellationToken)
    {
        await using var source = await login.OpenAsync(from, cancellationToken);
        await using var target = await login.OpenAsync(to, cancellationToken);
        var sql = new AggregateSql(manifest.Tables, RowHash.Named(manifest.Hash));
        var comparer = new RangeComparer(
            new RangeReader(source, sql), new RangeReader(target, sql), new DifferenceBuilder(manifest.Plan, manifest.Boundary), manifest.Plan.LeafRows);
        var differing = 0;
        foreach (var batch in keys.Chunk(Batch))
        {
            await comparer.CompareLeafAsync(
                new KeySet(batch),
                _ =>
                {
                    differing++;
                    return Task.CompletedTask;
                },
                cancellationToken);
        }

        return differing;
    }
}
