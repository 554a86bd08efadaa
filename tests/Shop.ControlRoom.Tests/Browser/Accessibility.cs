using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Shop.ControlRoom.Tests.Browser;

/// <summary>axe-core's rules, all of WCAG 2.2 A and AA and its good practice, on a page as it is at the moment.</summary>
internal sealed class Accessibility
{
    private readonly IPage _page;

    private Accessibility(IPage page) => _page = page;

    /// <summary>Takes half a megabyte to the browser: once per document, not once per look.</summary>
    public static async Task<Accessibility> OfAsync(IPage page)
    {
        var assembly = typeof(AxeRunOptions).Assembly;
        using var script = new StreamReader(assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(n => n.EndsWith("axe.min.js", StringComparison.Ordinal)))!);
        await page.EvaluateAsync(await script.ReadToEndAsync());
        return new Accessibility(page);
    }

    /// <summary>In light and in dark.</summary>
    public async Task<IReadOnlyList<string>> ViolationsAsync()
    {
        var all = new List<string>();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await _page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var found = await _page.EvaluateAsync<string[]>("""
                async () => {
                  const result = await axe.run({ resultTypes: ['violations'], preload: false, iframes: false });
                  const rules = result.passes.length;
                  return [String(rules), ...result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.html.slice(0, 200)} ${n.failureSummary}`))];
                }
                """);
            // An audit that looked at nothing would find nothing.
            Assert.InRange(int.Parse(found[0], System.Globalization.CultureInfo.InvariantCulture), 15, 500);
            all.AddRange(found.Skip(1).Select(f => $"{scheme}: {f}"));
        }

        return all;
    }
}
