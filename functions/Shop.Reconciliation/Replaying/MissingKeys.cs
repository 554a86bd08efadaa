using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Storage;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconciliation.Replaying;

/// <summary>What a run found missing, oldest first: the order in which it was written.</summary>
internal static class MissingKeys
{
    public static async Task<IReadOnlyList<AggregateKey>> ReadAsync(
        IReportFiles files, RunKeys keys, RunManifest manifest, CancellationToken cancellationToken)
    {
        var missing = new List<Difference>();
        foreach (var group in manifest.Groups)
        {
            var (versions, contents) = await RunResults.ReadAsync(files, keys, group, null, cancellationToken);
            missing.AddRange(versions.Differences.Concat(contents.Differences).Where(d => d.Class == DifferenceClass.Missing));
        }

        return [.. missing.OrderBy(d => d.UpdatedAt ?? d.CreatedAt, StringComparer.Ordinal).ThenBy(d => d.Key, AggregateKey.Ordinal).Select(d => d.Key)];
    }
}
