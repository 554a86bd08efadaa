namespace Shop.Catalog;

internal enum ProductOrder
{
    Name,
    PriceAscending,
    PriceDescending,
}
