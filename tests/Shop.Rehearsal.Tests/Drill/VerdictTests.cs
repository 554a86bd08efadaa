using Shop.Rehearsal.Drill;

namespace Shop.Rehearsal.Tests.Drill;

/// <summary>A verdict that can't fail would be worth nothing: each way of losing, inventing or doubling an order must fail it.</summary>
public sealed class VerdictTests
{
    private static readonly Guid[] Kept = Ids(3, 1);
    private static readonly Guid[] Lost = Ids(2, 100);

    private static readonly Evidence Sound = new(
        Acknowledged: [.. Kept, .. Lost],
        Attempted: [.. Kept, .. Lost],
        AcknowledgedDuringCut: Lost,
        InNewPrimary: [.. Kept.Select(Store)],
        Reported: Lost,
        Oracle: Lost);

    [Fact]
    public void A_sound_drill_passes()
    {
        var verdict = Verdict.Of(Sound);

        Assert.True(verdict.Passed, string.Join("\n", verdict.Findings));
        Assert.Equal(new DrillMissing(2, 2, 2), verdict.Missing);
        Assert.Equal(3, verdict.Survived);
        Assert.Equal(0, verdict.Duplicates);
    }

    [Fact]
    public void Nothing_lost_and_nothing_reported_passes() =>
        Assert.True(Verdict.Of(Sound with { Acknowledged = Kept, AcknowledgedDuringCut = [], Reported = [], Oracle = [] }).Passed);

    [Fact]
    public void A_lost_report_row_fails() => AssertFails(Sound with { Reported = [Lost[0]] }, "but not reported");

    [Fact]
    public void An_empty_report_of_a_broken_comparer_fails() => AssertFails(Sound with { Reported = [] }, "neither in the new primary nor in the report");

    [Fact]
    public void A_report_that_calls_everything_missing_fails() => AssertFails(Sound with { Reported = [.. Kept, .. Lost] }, "both in the new primary and reported");

    [Fact]
    public void A_cut_that_cut_nothing_fails() => AssertFails(
        Sound with { InNewPrimary = [.. Kept.Concat(Lost).Select(Store)], Reported = [], Oracle = [] }, "during the cut, yet in the new primary");

    [Fact]
    public void A_report_that_is_only_a_lower_bound_fails() => AssertFails(Sound with { ReportFlaws = ["the report of orders says lower-bound"] }, "lower-bound");

    [Fact]
    public void An_order_reported_twice_fails() => AssertFails(Sound with { Reported = [.. Lost, Lost[0]] }, "doubled");

    [Fact]
    public void An_invented_report_row_fails() => AssertFails(Sound with { Reported = [.. Lost, Guid.CreateVersion7()] }, "no shopper ever sent it");

    [Fact]
    public void An_invented_order_in_the_new_primary_fails() =>
        AssertFails(Sound with { InNewPrimary = [.. Sound.InNewPrimary, Store(Guid.CreateVersion7())] }, "in the new primary though no shopper ever sent it");

    [Fact]
    public void An_acknowledged_order_that_vanished_before_the_cut_fails()
    {
        var vanished = Kept[0];
        AssertFails(Sound with { InNewPrimary = [.. Kept.Skip(1).Select(Store)], Reported = [.. Lost, vanished], Oracle = [.. Lost, vanished] }, "while nothing was cut");
    }

    [Fact]
    public void An_oracle_that_knows_more_than_the_report_fails() => AssertFails(Sound with { Oracle = [.. Lost, Guid.CreateVersion7()] }, "lost by the oracle's account");

    [Fact]
    public void Two_orders_for_one_purchase_fail()
    {
        var twice = Guid.CreateVersion7();
        AssertFails(
            Sound with { Attempted = [.. Sound.Attempted, twice], InNewPrimary = [.. Sound.InNewPrimary, Store(twice) with { CustomerId = $"customer of {Kept[0]}" }] },
            "doubled");
    }

    private static void AssertFails(Evidence evidence, string finding)
    {
        var verdict = Verdict.Of(evidence);

        Assert.False(verdict.Passed);
        Assert.Contains(verdict.Findings, f => f.Contains(finding, StringComparison.Ordinal));
    }

    private static StoredOrder Store(Guid id) => new(id, $"customer of {id}");

    private static Guid[] Ids(int count, int first) => [.. Enumerable.Range(first, count).Select(i => new Guid(i, 0, 0x7000, new byte[8]))];
}
