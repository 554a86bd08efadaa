using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Storage;

namespace Shop.Reconciliation.Tasks;

/// <summary>What the two phases left of a group. A file that is absent or altered is an error, never a shorter result.</summary>
internal static class RunResults
{
    /// <param name="files">Where the run's files are.</param>
    /// <param name="keys">Their keys.</param>
    /// <param name="group">A group of the plan.</param>
    /// <param name="until">The last phase that was asked for; null: whatever is there, but the content if nothing else is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<(GroupFindings<VersionResult> Versions, GroupFindings<GroupResult> Contents)> ReadAsync(
        IReportFiles files, RunKeys keys, RangeGroup group, string? until, CancellationToken cancellationToken)
    {
        var found = await files.FindJsonAsync(keys.Versions(group.Group), RJson.Default.VersionResult, cancellationToken);
        var isPartial = until == CompareInput.Versions || (until is null && found is not null);
        var compared = isPartial
            ? await files.FindJsonAsync(keys.Group(group.Group), RJson.Default.GroupResult, cancellationToken)
            : await files.GetJsonAsync(keys.Group(group.Group), RJson.Default.GroupResult, cancellationToken);
        if (found is null && (until == CompareInput.Versions || compared!.Ranges.Any(r => r.LeftOut is not null)))
        {
            throw new ShopException("Shop.EvidenceIncomplete", $"{keys.Versions(group.Group)}, on which the result of group {group.Group} builds, has not been written.");
        }

        IReadOnlyList<Difference> byVersion = [], byContent = [];
        if (found is not null)
        {
            RequireWhole(group, found.Ranges);
            byVersion = await DifferenceFile.ReadAsync(files, keys.VersionDifferences(group.Group), found.Differences, found.Digest, cancellationToken);
        }

        if (compared is not null)
        {
            RequireWhole(group, compared.Ranges.Select(r => r.Range));
            byContent = await DifferenceFile.ReadAsync(files, keys.Differences(group.Group), compared.Differences, compared.Digest, cancellationToken);
        }

        return (new(found, byVersion), new(compared, byContent));
    }

    private static void RequireWhole(RangeGroup planned, IEnumerable<KeyRange> compared)
    {
        if (!planned.Ranges.SequenceEqual(compared))
        {
            throw new ShopException("Shop.EvidenceIncomplete", $"Group {planned.Group} did not compare the ranges that were planned.");
        }
    }
}

/// <param name="Result">What the phase left, null when it did not run.</param>
/// <param name="Differences">What it found.</param>
internal sealed record GroupFindings<T>(T? Result, IReadOnlyList<Difference> Differences)
    where T : class;
