namespace Shop.Contracts;

/// <summary>A product as the catalog API answers it. <paramref name="Price"/> is in minor units (cents) of <paramref name="Currency"/>.</summary>
public sealed record Product(
    string Id,
    string Name,
    string Description,
    string ImageUrl,
    long Price,
    string Currency,
    int Count,
    IReadOnlyList<string> Tag);

public sealed record ProductTag(string Name, string DisplayName);

public sealed record CatalogueSize(int Size);
