using System.Text;
using Shop.Lambda;
using Shop.Reconciliation.Tests.Damage;
using Shop.Reconciliation.Tests.Servers;

namespace Shop.Reconciliation.Tests;

public sealed class WhenATaskIsRepeated(TwoPrimaries servers)
{
    [Fact]
    public async Task The_report_is_the_same()
    {
        var comparison = await ComparedAsync();
        var first = await comparison.ReportAsync();

        await comparison.PlanAsync();
        await comparison.CompareAllAsync();
        await comparison.CompareAllAsync();

        var second = await comparison.ReportAsync();

        Assert.Equal((first.Missing, first.Changed, first.Resurrected, first.Extra), (second.Missing, second.Changed, second.Resurrected, second.Extra));
        Assert.True(first.Missing + first.Changed > 0);
    }

    [Fact]
    public async Task A_group_that_was_not_compared_is_an_error_and_no_shorter_report()
    {
        var comparison = await ComparedAsync();
        Assert.True(comparison.Files.Files.TryRemove("reconciliation/damaged/run-1/compare/0000.json", out _));

        var error = await Assert.ThrowsAsync<ShopException>(() => comparison.ReportAsync());

        Assert.Equal("Shop.EvidenceIncomplete", error.ErrorName);
    }

    [Fact]
    public async Task A_difference_that_got_lost_on_the_way_is_an_error()
    {
        var comparison = await ComparedAsync();
        var (key, lines) = comparison.Files.Files.First(f => f.Key.EndsWith(".ndjson", StringComparison.Ordinal) && f.Value.Length > 0 && !f.Key.EndsWith("/tail.ndjson", StringComparison.Ordinal));
        comparison.Files.Files[key] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(lines).Split('\n', 2)[1]);

        var error = await Assert.ThrowsAsync<ShopException>(() => comparison.ReportAsync());

        Assert.Equal("Shop.EvidenceAltered", error.ErrorName);
    }

    [Fact]
    public async Task The_tail_lists_what_was_lost_before_anything_was_compared()
    {
        var comparison = await ComparedAsync();

        var missing = (await comparison.ReportAsync()).Missing;
        var tail = comparison.Files.Text("tail.ndjson").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.True(comparison.Planned!.Tail!.IsWhole);
        Assert.Equal(missing, comparison.Planned.Tail.Missing);
        Assert.Equal(missing, tail.Count(l => l.Contains("\"class\":\"Missing\"", StringComparison.Ordinal)));
    }

    /// <summary>A seed with losses in more than one group.</summary>
    private async Task<Comparison> ComparedAsync()
    {
        var scenario = await servers.ScenarioAsync(14);
        var comparison = scenario.Compare();
        await comparison.PlanAsync();
        await comparison.CompareAllAsync();

        return comparison;
    }
}
