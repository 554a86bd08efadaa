using Shop.ControlRoom.Tests.Browser;
using Shop.Reconciliation.Reports.Html;

namespace Shop.Reconciliation.Tests.Reports;

/// <summary>The page in a real browser, light and dark: axe-core's rules on all of it, what is folded included.</summary>
public sealed class WhenTheReportIsSeen(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(420)]
    public async Task It_is_accessible_and_loads_nothing(int missing)
    {
        var lost = Enumerable.Range(0, missing).Select(i => Samples.Missing(
            $"0193f2a0-{i:x4}-7000-8000-{i * 104729L:x12}", $"buyer{i}@example.com", i % 9 == 0 ? "<b>gift</b>" : null, 1000 + (i * 37 % 9000), i * 3 / (double)Math.Max(1, missing)));
        var changed = Enumerable.Range(0, missing / 12).Select(i => Samples.Changed($"0193f2a1-{i:x4}-7000-8000-{i * 104729L:x12}", 2500, 1500 + (i * 100)));
        string[] drift = missing == 0 ? [] : ["customer_order.gift is only in the old primary"];
        var file = Path.Combine(Directory.CreateTempSubdirectory("shop-report-").FullName, "report.html");
        await File.WriteAllTextAsync(file, ReportHtml.Write(Samples.Report(drift, [.. lost, .. changed])), TestContext.Current.CancellationToken);

        await using var window = await chromium.OpenAsync(new Uri(file));
        // A few are enough: each row is made alike, and the rules look at every element.
        await window.Page.EvaluateAsync("() => { for (const d of [...document.querySelectorAll('details')].slice(0, 40)) d.open = true; }");
        var violations = await (await Accessibility.OfAsync(window.Page)).ViolationsAsync();

        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(10)));
        Assert.Equal(0, await window.Page.EvaluateAsync<int>("() => performance.getEntriesByType('resource').length"));
        Assert.Empty(window.Complaints);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task On_a_phone_only_tables_scroll_sideways()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("shop-report-").FullName, "report.html");
        await File.WriteAllTextAsync(
            file, ReportHtml.Write(Samples.Report([.. Enumerable.Range(0, 37).Select(i => Samples.Missing($"0193f2a0-{i:x4}-7000-8000-{i:x12}"))])), TestContext.Current.CancellationToken);

        await using var window = await chromium.OpenAsync(new Uri(file), width: 360);

        Assert.InRange(await window.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, 360);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
