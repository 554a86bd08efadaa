using Shop.Contracts;

namespace Shop.Catalog;

/// <param name="Products">One page.</param>
/// <param name="Total">How many products the filter lets through on all pages.</param>
internal sealed record ProductPage(IReadOnlyList<Product> Products, int Total);
