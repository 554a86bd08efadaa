using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Shop.Ui.Tests.Browser;

/// <summary>One page of a browser, and what the browser complained about meanwhile.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    // The rules of WCAG 2.2 at levels A and AA, and axe's own best practices.
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    private readonly ConcurrentQueue<string> _complaints = new();

    public Visitor(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Complain(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Complain(true, error);
        page.RequestFailed += (_, request) => Complain(request.Failure != "net::ERR_ABORTED", $"{request.Url}: {request.Failure}");
    }

    public IPage Page { get; }

    /// <summary>Scripts that failed, resources that the policy refused; not the status of the page itself.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    public Task GoAsync(string path) => Page.GotoAsync(path);

    public Task<string> TextAsync(string selector) => Page.Locator(selector).First.InnerTextAsync();

    public async Task FillInAsync()
    {
        foreach (var (name, value) in Support.Shopper.Ann.Where(f => f.Key != "state"))
        {
            await Page.FillAsync($"#{name}", value);
        }

        await Page.SelectOptionAsync("#state", "WA");
    }

    /// <summary>Sends the form of a checkout step and waits for the next page.</summary>
    public Task GoOnAsync() => Page.ClickAsync("#checkoutForm button[type=submit]");

    /// <summary>All steps from a product to the review page.</summary>
    public async Task ReachReviewAsync(string product = Support.Seed.WoodWatch)
    {
        await GoAsync($"/catalog/{product}");
        await Page.ClickAsync("#add-to-cart");
        await Page.ClickAsync("#checkout");
        await FillInAsync();
        await GoOnAsync();
        await Page.CheckAsync("input[value=priority-mail]");
        await GoOnAsync();
        await GoOnAsync();
        await Page.WaitForURLAsync("**/checkout/review");
    }

    public async Task<IReadOnlyList<string>> ViolationsAsync()
    {
        var found = await Page.RunAxe(Rules);
        return [.. found.Violations.Select(v => $"{v.Id}: {v.Help} at {string.Join(", ", v.Nodes.Select(n => n.Html))}")];
    }

    /// <summary>The rules that depend on colours and sizes alone, on a document that <see cref="ViolationsAsync"/> has looked at.</summary>
    public async Task<IReadOnlyList<string>> VisibleViolationsAsync() => await Page.EvaluateAsync<string[]>("""
        async () => (await axe.run(document, { runOnly: { type: "rule", values: ["color-contrast", "target-size", "link-in-text-block"] }, resultTypes: ["violations"] }))
          .violations.map(v => `${v.id}: ${v.help} at ${v.nodes.map(n => n.html).join(", ")}`)
        """);

    /// <summary>By how many pixels the page is wider than its window.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private void Complain(bool isOne, string text)
    {
        // A page of ours that is a 404 or a 503 is meant.
        if (isOne && !text.StartsWith("Failed to load resource: the server responded", StringComparison.Ordinal))
        {
            _complaints.Enqueue(text);
        }
    }
}
