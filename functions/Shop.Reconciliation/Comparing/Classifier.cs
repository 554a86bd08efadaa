using System.Globalization;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Comparing;

/// <summary>Says what a differing aggregate means. The old primary is frozen at its failure; the new one has taken live traffic since.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>old only</term><description><c>missing</c>, always: an aggregate that live traffic deleted is listed too, with a note.</description></item>
/// <item><term>new only, created before the failover began</term><description><c>resurrected</c>: only replication can have brought it.</description></item>
/// <item><term>new only, created after promotion</term><description><c>extra</c>.</description></item>
/// <item><term>new only, created in between</term><description><c>extra</c> if a newer epoch or a time past the old primary's last write proves it,
/// else <c>resurrected</c>.</description></item>
/// <item><term>both, new version from before the failover</term><description><c>changed</c>: live traffic did not touch it.</description></item>
/// <item><term>both, new version from live traffic, old version known replicated</term><description><c>extra</c>: a later update of what had
/// arrived.</description></item>
/// <item><term>both, new version from live traffic, old version perhaps not replicated</term><description><c>changed</c>, with a note: a lost
/// update must not hide behind a later one.</description></item>
/// </list>
/// Without a version column every difference on both sides is <c>changed</c>; without a creation time every aggregate on the new side alone is
/// <c>resurrected</c>. Doubt always goes to the class that a person looks at.
/// </remarks>
internal sealed class Classifier(Boundary boundary, RootTable root)
{
    public (DifferenceClass Class, IReadOnlyList<string> Notes) Classify(Aggregate source, Aggregate target) =>
        (source.Root, target.Root) switch
        {
            ({ } old, null) => (DifferenceClass.Missing, IsReplicated(old) ? [Notes.OlderThanTheTail] : []),
            (null, { } alive) => (IsLive(alive) ? DifferenceClass.Extra : DifferenceClass.Resurrected, []),
            ({ } old, { } current) => ClassifyBoth(old, current),
            (null, null) => (DifferenceClass.Changed, [Notes.Orphaned]),
        };

    private (DifferenceClass Class, IReadOnlyList<string> Notes) ClassifyBoth(Row old, Row current)
    {
        var isSameVersion = root.UpdatedAt is not null && old[root.UpdatedAt] == current[root.UpdatedAt];
        if (isSameVersion)
        {
            return (DifferenceClass.Changed, [Notes.SilentChange]);
        }

        var isTouchedSince = root.Time(current, root.UpdatedAt) >= boundary.FailoverStartedAt;
        return (isTouchedSince, IsReplicated(old)) switch
        {
            (false, _) => (DifferenceClass.Changed, []),
            (true, true) => (DifferenceClass.Extra, []),
            (true, false) => (DifferenceClass.Changed, [Notes.WrittenOnBothSides]),
        };
    }

    private bool IsReplicated(Row old) => root.Time(old, root.UpdatedAt) <= boundary.ReplicatedThrough;

    private bool IsLive(Row alive)
    {
        if (root.Time(alive, root.CreatedAt) is not { } createdAt || createdAt < boundary.FailoverStartedAt)
        {
            return false;
        }

        return createdAt >= boundary.PromotedAt
            || createdAt > boundary.LastSourceWrite
            || Number(alive[root.Epoch]) > boundary.SourceEpoch;
    }

    private static long? Number(string? text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
