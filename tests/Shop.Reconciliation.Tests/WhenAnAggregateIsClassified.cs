using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Tests.Reports;
using Shop.Reconciliation.Tests.Servers;

namespace Shop.Reconciliation.Tests;

public sealed class WhenAnAggregateIsClassified
{
    private static readonly DateTimeOffset Lost = Moments.FailoverStartedAt.AddSeconds(-3);
    private static readonly DateTimeOffset Replicated = Moments.LastReplicated.AddMinutes(-5);
    private static readonly DateTimeOffset Live = Moments.PromotedAt.AddSeconds(30);
    private static readonly DateTimeOffset Between = Moments.FailoverStartedAt.AddSeconds(4);

    [Fact]
    public void Only_on_the_old_primary_it_is_missing() =>
        Expect(DifferenceClass.Missing, null, At(Lost), Samples.Absent("a"));

    [Fact]
    public void Missing_though_old_enough_to_have_arrived_it_is_missing_with_a_note() =>
        Expect(DifferenceClass.Missing, Notes.OlderThanTheTail, At(Replicated), Samples.Absent("a"));

    [Fact]
    public void Only_on_the_new_primary_and_older_than_the_failover_it_is_resurrected() =>
        Expect(DifferenceClass.Resurrected, null, Samples.Absent("a"), At(Replicated));

    [Fact]
    public void Resurrected_and_then_touched_by_live_traffic_it_is_still_resurrected() =>
        Expect(DifferenceClass.Resurrected, null, Samples.Absent("a"), At(Live, created: Replicated, epoch: 2));

    [Fact]
    public void Created_after_promotion_it_is_extra() =>
        Expect(DifferenceClass.Extra, null, Samples.Absent("a"), At(Live));

    [Fact]
    public void Created_between_start_and_promotion_past_the_old_primarys_last_write_it_is_extra() =>
        Expect(DifferenceClass.Extra, null, Samples.Absent("a"), At(Between));

    [Fact]
    public void Created_between_while_the_old_primary_still_wrote_only_a_newer_epoch_makes_it_extra()
    {
        var zombie = Samples.Boundary with { LastSourceWrite = Live };

        Expect(DifferenceClass.Resurrected, null, Samples.Absent("a"), At(Between), zombie);
        Expect(DifferenceClass.Extra, null, Samples.Absent("a"), At(Between, epoch: 2), zombie);
    }

    [Fact]
    public void A_lost_update_is_changed() =>
        Expect(DifferenceClass.Changed, null, At(Lost, total: 2), At(Replicated, total: 1));

    [Fact]
    public void A_live_update_of_what_had_arrived_is_extra() =>
        Expect(DifferenceClass.Extra, null, At(Replicated, total: 1), At(Live, total: 2));

    [Fact]
    public void A_live_update_never_hides_a_lost_one() =>
        Expect(DifferenceClass.Changed, Notes.WrittenOnBothSides, At(Lost, total: 1), At(Live, total: 2));

    [Fact]
    public void Different_content_under_one_version_is_a_silent_change() =>
        Expect(DifferenceClass.Changed, Notes.SilentChange, At(Replicated, total: 1), At(Replicated, total: 2));

    [Fact]
    public void Without_a_known_replicated_moment_every_update_on_both_sides_is_changed() =>
        Expect(
            DifferenceClass.Changed, Notes.WrittenOnBothSides, At(Replicated, total: 1), At(Live, total: 2),
            Samples.Boundary with { ReplicatedThrough = null });

    [Fact]
    public void Items_without_their_order_on_either_side_are_changed() =>
        Expect(DifferenceClass.Changed, Notes.Orphaned, At(Lost) with { Root = null }, Samples.Absent("a"));

    private static Aggregate At(DateTimeOffset version, DateTimeOffset? created = null, long total = 1, long epoch = 1) =>
        Samples.Order("a", total, "a@b.c", null, version, created, epoch);

    private static void Expect(DifferenceClass expected, string? note, Aggregate source, Aggregate target, Boundary? boundary = null)
    {
        var (found, notes) = new Classifier(boundary ?? Samples.Boundary, Samples.Plan.Root).Classify(source, target);

        Assert.Equal(expected, found);
        Assert.Equal(note is null ? [] : [note], notes);
    }
}
