using Shop.Contracts;

namespace Shop.Catalog;

internal interface ICatalogStore
{
    Task<ProductPage> ListAsync(CatalogQuery query, CancellationToken cancellationToken);

    Task<int> CountAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken);

    Task<IReadOnlyList<ProductTag>> TagsAsync(CancellationToken cancellationToken);

    Task<Product?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Throws when the store can't answer.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
