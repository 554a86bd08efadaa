using Microsoft.Playwright;
using Shop.ControlRoom.Tests.Staging;
using Shop.Rehearsal.ControlRoom.Live;
using Shop.Rehearsal.Hosting;

namespace Shop.ControlRoom.Tests.Browser;

/// <summary>The page in a real browser, in every state it can be in, without engines behind it.</summary>
public sealed class WhenThePageIsSeen(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly Scenes _scenes = new();
    private StagedServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await StagedServer.StartAsync(Cancel);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 120; i >= 0; i--)
        {
            _server.Room.Recorder.Add(new Sample(now - (i * 1000), [30 + (i % 7), 20], i % 11, 30, 90, 0.1, 2));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _scenes.DisposeAsync();
    }

    /// <summary>All states one after the other in one open page, which is also how they come in earnest.</summary>
    [Fact]
    public async Task Nothing_keeps_anyone_from_using_it_in_any_state()
    {
        await using var open = await OpenAsync("empty");
        await open.LiveAsync();
        await open.Page.WaitForSelectorAsync("#charts svg");
        var accessibility = await Accessibility.OfAsync(open.Page);
        foreach (var (scene, seen) in Scenes.All)
        {
            var (view, query) = await _scenes.MakeAsync(scene, Cancel);
            _server.Room.View = view;
            await open.Page.EvaluateAsync("query => { history.pushState(null, '', query || '/'); dispatchEvent(new PopStateEvent('popstate')); }", query);
            await open.Page.WaitForSelectorAsync(seen);
            await open.Page.EvalOnSelectorAllAsync("details", "all => all.forEach(d => d.open = true)");

            var violations = await accessibility.ViolationsAsync();
            Assert.True(violations.Count == 0, $"{scene}:\n{string.Join("\n", violations)}");
        }

        Assert.Empty(open.Complaints);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(640)]
    [InlineData(320)]
    public async Task Nothing_sticks_out_at_any_width(int width)
    {
        await using var open = await OpenAsync("moving", ColorScheme.Light, width);
        await open.LiveAsync();

        Assert.Equal(0, await open.Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
    }

    [Fact]
    public async Task What_changes_appears_by_itself_and_focus_and_open_parts_stay()
    {
        await using var open = await OpenAsync("busy");
        await open.LiveAsync();
        await open.Page.ClickAsync("#faults summary >> nth=1");
        await open.Page.FocusAsync("#faults .faults button >> nth=3");
        var before = await open.Page.EvaluateAsync<string>("() => document.activeElement.closest('form').querySelector('[name=argument]').value");

        _server.Room.View = (await _scenes.MakeAsync("lost", Cancel)).View with { Faults = (await _scenes.MakeAsync("faulty", Cancel)).View.Faults };
        await open.Page.WaitForSelectorAsync("#headline [data-level=bad]");
        await open.Page.WaitForSelectorAsync(".fault-on");

        Assert.Equal(before, await open.Page.EvaluateAsync<string>("() => document.activeElement.closest('form').querySelector('[name=argument]').value"));
        Assert.True(await open.Page.EvaluateAsync<bool>("() => document.querySelectorAll('#faults details')[1].open"));
        Assert.Contains("us-east-1 is lost", await open.Page.TitleAsync(), StringComparison.Ordinal);
        await Assertions.Expect(open.Page.Locator("#spoken")).ToContainTextAsync("us-east-1 is lost");
    }

    [Fact]
    public async Task The_graph_moves_without_being_drawn_anew()
    {
        await using var open = await OpenAsync("moving");
        await open.LiveAsync();
        await open.Page.WaitForSelectorAsync("[data-state=AcquireLock][data-status=running]");
        await open.Page.EvaluateAsync("() => { document.querySelector('[data-state=AcquireLock]').dataset.mine = 'yes'; }");

        _scenes.FailWhatHangs();

        // What a page drawn anew would not have: the mark, on an element that now says something else.
        await open.Page.WaitForSelectorAsync("[data-state=AcquireLock][data-status=retrying][data-mine=yes]");
        Assert.Contains("running again", await open.Page.GetAttributeAsync("[data-state=AcquireLock]", "aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failover_is_started_by_keys_alone_with_a_reason()
    {
        await using var open = await OpenAsync("busy");
        await open.LiveAsync();
        await open.Page.FocusAsync("#by");
        await open.Page.Keyboard.PressAsync("Control+A");
        await open.Page.Keyboard.TypeAsync("ann");
        await TabToAsync(open.Page, "Fail over to us-west-2");
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Page.Locator("#ask-text")).ToContainTextAsync("even if it lacks orders");
        Assert.Empty(_server.Room.Told);
        await open.Page.Keyboard.TypeAsync("a drill");
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Page.Locator("#told")).ToContainTextAsync("Did start-failover");

        Assert.True(_server.Room.Told.TryDequeue(out var told));
        Assert.Equal(new CommandRequest("start-failover", null, "ann", "control room", "a drill"), told);
    }

    [Fact]
    public async Task Escape_leaves_everything_as_it_is()
    {
        await using var open = await OpenAsync("busy");
        await open.LiveAsync();
        await open.Page.ClickAsync(".region-a button");
        await open.Page.WaitForSelectorAsync("#ask[open]");
        await open.Page.Keyboard.PressAsync("Escape");
        await open.Page.WaitForSelectorAsync("#ask:not([open])", new() { State = WaitForSelectorState.Attached });

        Assert.Empty(_server.Room.Told);
    }

    [Fact]
    public async Task A_step_is_opened_by_keys_and_its_address_can_be_shared()
    {
        await using var open = await OpenAsync("moving");
        await open.LiveAsync();
        await open.Page.FocusAsync("[data-state=AcquireLock]");
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Page.Locator("#step-title")).ToHaveTextAsync("AcquireLock");

        Assert.Contains("step=AcquireLock", open.Page.Url, StringComparison.Ordinal);
        await open.Page.GoBackAsync();
        await Assertions.Expect(open.Page.Locator("#step-title")).ToHaveTextAsync("ReadFacts");
    }

    [Fact]
    public async Task Without_scripts_it_shows_all_and_its_buttons_work()
    {
        await using var open = await OpenAsync("faulty", script: false);
        foreach (var part in (string[])["#regions .region", "#charts", "#machine", "#executions", "#faults .fault-on"])
        {
            Assert.True(await open.Page.Locator(part).CountAsync() > 0, part);
        }

        await open.Page.ClickAsync("form[action='/commands/heal'] button >> nth=0");

        // A browser that was told to send no referrer would post the origin "null" here, and be refused.
        Assert.Equal("heal", Assert.Single(_server.Room.Told).Verb);
        Assert.Equal(_server.Server.Address.ToString(), open.Page.Url.Split('?')[0]);
    }

    [Fact]
    public async Task It_says_when_it_is_no_longer_live()
    {
        await using var open = await OpenAsync("busy");
        await open.LiveAsync();

        await _server.DisposeAsync();

        await open.Page.WaitForSelectorAsync("#live[data-state=off]");
        await open.Page.ClickAsync("#headline button, #moves button:not([disabled]) >> nth=0");
        if (await open.Page.Locator("#ask[open]").CountAsync() > 0)
        {
            await open.Page.ClickAsync("#ask-yes");
        }

        await Assertions.Expect(open.Page.Locator("#told[data-bad]")).ToContainTextAsync("does not answer");
        _server = await StagedServer.StartAsync(Cancel);
    }

    private async Task<OpenPage> OpenAsync(string scene, ColorScheme scheme = ColorScheme.Light, int width = 1280, bool script = true)
    {
        var (view, query) = await _scenes.MakeAsync(scene, Cancel);
        _server.Room.View = view;
        var open = await chromium.OpenAsync(_server.Server.Entrance, scheme, width, script);
        if (query.Length > 0)
        {
            await open.Page.GotoAsync(new Uri(_server.Server.Address, query).ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        }

        return open;
    }

    private static async Task TabToAsync(IPage page, string label)
    {
        for (var i = 0; i < 200; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("() => document.activeElement.textContent") is { } text && text.Contains(label, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The Tab key never comes to '{label}'.");
    }
}
