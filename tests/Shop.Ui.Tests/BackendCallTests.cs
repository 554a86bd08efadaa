using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests;

/// <summary>How many calls a page takes, as the back-ends counted them and as the page says; however much is on it.</summary>
public sealed class BackendCallTests(Store store) : IClassFixture<Store>
{
    [Theory]
    [InlineData("/home", 3)]
    [InlineData("/catalog?size=36", 3)]
    [InlineData($"/catalog/{Seed.PocketWatch}", 3)]
    [InlineData("/cart", 2)]
    [InlineData("/checkout", 4)]
    [InlineData("/orders", 2)]
    [InlineData("/nowhere", 1)]
    public async Task A_page_takes_a_few_calls(string path, int calls)
    {
        using var shopper = store.Shopper();
        foreach (var product in store.Backends.Products.Keys)
        {
            await shopper.AddAsync(product);
        }

        var before = store.Backends.Calls.Count;
        var page = await shopper.GetAsync(path);

        Assert.Equal(calls, store.Backends.Calls.Count - before);
        Assert.Equal($"backends;desc=\"{calls}\"", page.Header("Server-Timing"));
    }
}
