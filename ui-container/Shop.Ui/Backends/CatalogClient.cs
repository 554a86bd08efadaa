using Shop.Contracts;
using Shop.Ui.Catalog;

namespace Shop.Ui.Backends;

public sealed class CatalogClient(HttpClient http) : BackendClient(http)
{
    private const int LargestPage = 100;

    public Task<Listed<Product>> ListAsync(CatalogQuery query, CancellationToken cancellationToken) =>
        ListAsync(
            $"catalogue?tags={Uri.EscapeDataString(query.Tag)}&search={Uri.EscapeDataString(query.Search)}"
            + $"&order={query.Order}&page={query.Page}&size={query.Size}",
            UiJson.Default.ListProduct,
            cancellationToken);

    public async Task<IReadOnlyList<ProductTag>> TagsAsync(CancellationToken cancellationToken) =>
        (await ListAsync("catalogue/tags", UiJson.Default.ListProductTag, cancellationToken)).Items;

    public async Task<Product?> FindAsync(string id, CancellationToken cancellationToken) =>
        ProductIds.CanBe(id) ? await FindAsync($"catalogue/product/{id}", UiJson.Default.Product, cancellationToken) : null;

    /// <summary>Details of many products: one call for as many as one page holds, then the few that were not on it.</summary>
    public async Task<IReadOnlyDictionary<string, Product>> FindManyAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToHashSet();
        if (wanted.Count == 0)
        {
            return new Dictionary<string, Product>();
        }

        var first = await ListAsync($"catalogue?page=1&size={LargestPage}", UiJson.Default.ListProduct, cancellationToken);
        var found = first.Items.Where(p => wanted.Contains(p.Id)).ToDictionary(p => p.Id);
        var rest = await Task.WhenAll(wanted.Where(id => !found.ContainsKey(id)).Select(id => FindAsync(id, cancellationToken)));
        foreach (var product in rest.OfType<Product>())
        {
            found[product.Id] = product;
        }

        return found;
    }
}
