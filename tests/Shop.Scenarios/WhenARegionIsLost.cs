using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.Drill;
using Shop.Testing;

namespace Shop.Scenarios;

/// <summary>
/// One whole drill on real engines, judged three times: as it was, with a row taken out of its report, and with a comparer that was broken on purpose.
/// About two minutes on two cores.
/// </summary>
public sealed class WhenARegionIsLost : IClassFixture<DrilledStore>
{
    private readonly DrilledStore _store;

    public WhenARegionIsLost(DrilledStore store) => _store = store;

    [Fact]
    public void Every_acknowledged_order_is_kept_or_reported()
    {
        var verdict = Verdict.Of(_store.Evidence);

        Assert.True(verdict.Passed, string.Join("\n", verdict.Findings) + _store.Log);
        Assert.Equal(new DrillMissing(DrilledStore.Missing, DrilledStore.Missing, DrilledStore.Missing), verdict.Missing);
        Assert.Equal(0, verdict.Duplicates);
    }

    [Fact]
    public void No_log_of_the_drill_holds_a_shoppers_data_or_a_password()
    {
        string[] personal = [Shopper.FirstName, Shopper.LastName, $"@{Shopper.MailDomain}", Shopper.Address];
        string[] secrets = [_store.Host.AdminPassword("orders"), _store.Host.AdminPassword("catalog")];
        var run = Directory.GetParent(_store.Host.EvidenceFolders[0])!.FullName;

        // Where they must be they are found, by the same search; and the logs are those of functions that took orders.
        Assert.Equal(personal.Length, LogSearch.Find([run], personal).Select(hit => hit.Split(" in ")[0]).Distinct().Count());
        Assert.NotEmpty(LogSearch.Find(_store.Host.EvidenceFolders, ["was placed under epoch"]));
        Assert.NotEmpty(LogSearch.Find(_store.Host.EvidenceFolders, ["\"OrdersCreated\":1"]));

        Assert.Empty(LogSearch.Find(_store.Host.EvidenceFolders, [.. personal, .. secrets]));
    }

    [Fact]
    public async Task A_row_lost_from_the_report_fails_the_drill()
    {
        var report = JsonNode.Parse(await File.ReadAllTextAsync(_store.ReportFile, TestContext.Current.CancellationToken))!;
        report["missing"]!.AsArray().RemoveAt(0);
        var damaged = Path.Combine(Path.GetTempPath(), $"report-{Guid.CreateVersion7():N}.json");
        await File.WriteAllTextAsync(damaged, report.ToJsonString(), TestContext.Current.CancellationToken);
        try
        {
            await AssertFailsAsync(damaged);
        }
        finally
        {
            File.Delete(damaged);
        }
    }

    [Fact]
    public async Task A_comparer_that_compares_the_wrong_key_fails_the_drill()
    {
        var report = await _store.ReconcileAgainAsync(plan => plan["root"]!["key"] = new JsonArray("currency"), TestContext.Current.CancellationToken);

        await AssertFailsAsync(report);
    }

    [Fact]
    public async Task The_same_comparison_again_finds_the_same()
    {
        var report = await _store.ReconcileAgainAsync(_ => { }, TestContext.Current.CancellationToken);
        var again = await DrillJudge.ReadMissingAsync(report, TestContext.Current.CancellationToken);

        Assert.Equal(_store.Evidence.Reported.Order(), again.Order());
    }

    [Fact]
    public async Task The_drill_leaves_no_lock_and_no_restored_copy_behind()
    {
        Assert.Equal("DONE", await _store.RunStateOfLockAsync(TestContext.Current.CancellationToken));
        // A comparison that another test has just had made may still be deleting its copy.
        await Eventually.HoldsAsync(() => !_store.Host.Aurora.ClustersIn(_store.Facts.Survivor).Any(c => c.Id.StartsWith("recon-", StringComparison.Ordinal)));
        Assert.DoesNotContain(_store.Host.Status().Databases, d => d.Role == "down");
        Assert.All(_store.Host.StepFunctions(_store.Facts.Survivor).Executions, e => Assert.NotEqual(ExecutionStatus.Running, e.Status));
    }

    private async Task AssertFailsAsync(string report)
    {
        var reported = await DrillJudge.ReadMissingAsync(report, TestContext.Current.CancellationToken);
        var verdict = Verdict.Of(_store.Evidence with { Reported = reported });

        Assert.False(verdict.Passed);
        Assert.NotEqual(verdict.Missing.Oracle, verdict.Missing.Reported);
    }
}
