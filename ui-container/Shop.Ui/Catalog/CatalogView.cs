using Shop.Contracts;

namespace Shop.Ui.Catalog;

/// <summary><c>Products</c> is null while the catalog can't be read.</summary>
public sealed record CatalogView(CatalogQuery Query, IReadOnlyList<ProductTag> Tags, IReadOnlyList<Product>? Products, int Total)
{
    public int Pages => Math.Max(1, (Total + Query.Size - 1) / Query.Size);

    public string Title => Tags.FirstOrDefault(t => t.Name == Query.Tag)?.DisplayName ?? (Query.Tag.Length > 0 ? Query.Tag : "Catalog");
}

public sealed record ProductView(Product Product, IReadOnlyList<Product> Related);
