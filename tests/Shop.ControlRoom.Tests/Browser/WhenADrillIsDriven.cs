using Microsoft.Playwright;
using Shop.Rehearsal.ControlRoom;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Hosting;

namespace Shop.ControlRoom.Tests.Browser;

/// <summary>
/// A whole drill on real engines by clicks alone: shoppers, a fault, a lost Region, an alarm, an approval, a failover, the way back, the report. Some
/// minutes; <c>make drive</c> runs it and says where its pictures are.
/// </summary>
public sealed class WhenADrillIsDriven(Chromium chromium) : IClassFixture<Chromium>
{
    private const float Patience = 240_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clicks_alone_lose_a_Region_move_the_store_and_open_the_report()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("DRIVE") == "1", "It takes minutes: `make drive` runs it.");
        var options = new RehearsalOptions { ApprovalRequired = true, PreflightMinutes = 1000 };
        await using var host = await RehearsalHost.StartAsync(Workspace.Find(), options, Say, Cancel);
        await using var server = await ControlRoomServer.StartAsync(host, Cancel);
        await using var open = await chromium.OpenAsync(server.Entrance);
        var page = open.Page;
        page.SetDefaultTimeout(Patience);
        await open.LiveAsync();

        await page.ClickAsync("#headline button:has-text('Send 3 shoppers')");
        await page.WaitForFunctionAsync("() => parseInt(document.querySelector('#charts figure b').textContent) > 0");
        await page.ClickAsync("form:has(input[value='cut-replication']) button");
        await AgreeAsync(page, "a drill");
        await page.WaitForSelectorAsync(".fault-on");
        await OrdersAsync(host.Shoppers, 8);
        await PictureAsync(page, "1-fault");

        await page.ClickAsync(".region-a footer button");
        await AgreeAsync(page, "a drill");
        await page.WaitForSelectorAsync("#headline [data-level=bad]");
        await PictureAsync(page, "2-lost");

        await page.WaitForSelectorAsync("#headline button:has-text('Approve')");
        await PictureAsync(page, "3-asked");
        await page.ClickAsync("#headline button:has-text('Approve')");
        await page.WaitForSelectorAsync(".region-b .role:has-text('Writer')");
        await page.WaitForSelectorAsync(".clock .big[data-running=false]");
        await page.EvaluateAsync("document.querySelector('#machine-section').scrollIntoView()");
        await PictureAsync(page, "4-moved");

        await page.WaitForSelectorAsync("#headline button:has-text('Restore us-east-1')");
        await page.ClickAsync("#faults .active > form button");
        await page.ClickAsync("#headline button:has-text('Restore us-east-1')");
        await page.WaitForSelectorAsync("#reports tr:has-text('orders') a:has-text('Open here')");
        await page.ClickAsync("form:has(input[value='0']) button");
        await page.WaitForSelectorAsync("#moves .hint:has-text('Nobody')");
        await page.ClickAsync("#reports tr:has-text('orders') a:has-text('Open here')");
        await page.FrameLocator("#report iframe").Locator("body").WaitForAsync();
        await page.EvaluateAsync("document.querySelector('#reports-title').scrollIntoView()");
        await PictureAsync(page, "5-report");

        var reported = int.Parse((await page.InnerTextAsync("#reports tr:has-text('orders') td:nth-child(3)")).Trim().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(await MissingAsync(host), reported);
        Assert.True(reported > 0, "Nothing was lost: the drill has shown nothing.");
        await AssertAuditAsync(page, "shoppers 3", "fault cut-replication", "lose-region us-east-1", "approve", "heal", "restore-region us-east-1", "shoppers 0");
        Assert.Empty(await (await Accessibility.OfAsync(page)).ViolationsAsync());
        Assert.Empty(open.Complaints);
    }

    private static async Task AgreeAsync(IPage page, string reason)
    {
        await page.FillAsync("#ask-reason", reason);
        await page.ClickAsync("#ask-yes");
    }

    private static async Task OrdersAsync(Shoppers shoppers, int more)
    {
        var wanted = shoppers.Ledger.AcknowledgedCount + more;
        while (shoppers.Ledger.AcknowledgedCount < wanted)
        {
            await Task.Delay(200, Cancel);
        }
    }

    /// <summary>By the shoppers' own memory and plain SQL, without the code that made the report.</summary>
    private static async Task<int> MissingAsync(RehearsalHost host)
    {
        var kept = (await host.OrdersAsync(host.ActiveRegion, "nobody", Cancel)).Select(o => o.Id).ToHashSet();
        return host.Shoppers.Ledger.Acknowledged.Count(o => !kept.Contains(o.OrderId));
    }

    private static async Task AssertAuditAsync(IPage page, params string[] commands)
    {
        var done = await page.Locator("#audit tbody code").AllInnerTextsAsync();
        Assert.Equal(commands, done.Reverse());
        Assert.Equal(commands.Length, await page.Locator("#audit tbody .mark.ok").CountAsync());
    }

    /// <summary>For the README, and to be looked at: small files, by the browser's own encoder.</summary>
    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PICTURES") is not { Length: > 0 } folder)
        {
            return;
        }

        // Without what the last click was answered with, which would hide a corner.
        await page.EvaluateAsync("document.getElementById('told').textContent = ''");
        await page.WaitForTimeoutAsync(1200);
        await page.Mouse.MoveAsync(640, 5);
        var session = await page.Context.NewCDPSessionAsync(page);
        var answer = await session.SendAsync("Page.captureScreenshot", new Dictionary<string, object> { ["format"] = "webp", ["quality"] = 80 });
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, $"control-room-{name}.webp"), answer!.Value.GetProperty("data").GetBytesFromBase64(), Cancel);
        await session.DetachAsync();
    }

    private static void Say(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
