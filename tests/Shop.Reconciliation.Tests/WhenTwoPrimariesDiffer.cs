using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Tests.Damage;
using Shop.Reconciliation.Tests.Servers;

namespace Shop.Reconciliation.Tests;

public sealed class WhenTwoPrimariesDiffer(TwoPrimaries servers)
{
    // All of them: make prove-reconciliation.
    private static readonly int Seeds = Amounts.Read("RECONCILE_SEEDS", 36);

    public static TheoryData<int> EverySeed => [.. Enumerable.Range(1, Seeds)];

    [Theory]
    [MemberData(nameof(EverySeed))]
    public async Task The_report_lists_exactly_what_differs(int seed)
    {
        var scenario = await servers.ScenarioAsync(seed);

        Assert.Equal(scenario.Expected(), await scenario.ReportedAsync());
    }

    public static TheoryData<string> EveryMutant => [.. Mutants.All.Keys];

    /// <summary>The test above must be able to fail: for each way to compare wrongly there is damage that shows it.</summary>
    [Theory]
    [MemberData(nameof(EveryMutant))]
    public async Task A_broken_comparer_is_caught(string mutant)
    {
        var (hash, change) = Mutants.All[mutant];
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var scenario = await servers.ScenarioAsync(seed);
            if (!scenario.Expected().SequenceEqual(await scenario.ReportedAsync(hash, change)))
            {
                return;
            }
        }

        Assert.Fail($"No seed shows that '{mutant}' is wrong.");
    }
}
