using Microsoft.Playwright;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests.Browser;

/// <summary>What a first visit transfers, pictures aside, and how still and quick the page is.</summary>
public sealed class WhenPagesAreWeighed(Chromium chromium, Store store) : IClassFixture<Store>
{
    private const int MostBytes = 60 * 1024;

    [Theory]
    [InlineData("/home")]
    [InlineData("/catalog?size=36")]
    [InlineData($"/catalog/{Seed.Chronograf}")]
    [InlineData("/cart")]
    [InlineData("/orders")]
    public async Task A_page_is_light_and_lies_still(string path)
    {
        await using var visitor = await chromium.VisitAsync(store.Address, width: 360);
        var sizes = new List<Task<(string Url, int Bytes)>>();
        visitor.Page.RequestFinished += (_, request) => sizes.Add(SizeAsync(request));
        await visitor.Page.AddInitScriptAsync("""
            window.shift = 0;
            new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value)).observe({ type: "layout-shift", buffered: true });
            """);

        await visitor.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });

        var transferred = await Task.WhenAll(sizes);
        var pictures = transferred.Where(t => t.Url.EndsWith(".svg", StringComparison.Ordinal)).ToList();
        var bytes = transferred.Except(pictures).Sum(t => t.Bytes);
        Assert.True(bytes <= MostBytes, $"{path} transfers {bytes} bytes: {string.Join(", ", transferred.Except(pictures))}");
        Assert.All(transferred, t => Assert.StartsWith(store.Address.ToString(), t.Url, StringComparison.Ordinal));
        Assert.True(await visitor.Page.EvaluateAsync<double>("window.shift") < 0.02);
    }

    private static async Task<(string Url, int Bytes)> SizeAsync(IRequest request)
    {
        var sizes = await request.SizesAsync();
        return (request.Url, sizes.ResponseBodySize + sizes.ResponseHeadersSize);
    }
}
