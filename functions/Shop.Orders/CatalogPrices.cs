using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Shop.Contracts;
using Shop.Lambda;
using Shop.Lambda.Resilience;

namespace Shop.Orders;

/// <summary>Checks what a client says of a product against the catalog. Without a catalog (<c>CATALOG_URL</c> unset) everything agrees.</summary>
internal sealed class CatalogPrices(Uri? catalog, HttpClient http, TimeProvider time)
{
    public const string Dependency = "catalog";
    private const int Parallelism = 8;
    private readonly Circuit _circuit = new(Dependency, time);

    /// <returns>What differs, by the JSON path of the field; empty when all agrees.</returns>
    public async Task<IReadOnlyDictionary<string, string[]>> CompareAsync(IReadOnlyList<OrderItem> items, CancellationToken cancellationToken)
    {
        var differences = new ConcurrentDictionary<string, string[]>();
        if (catalog is not null)
        {
            await Parallel.ForAsync(
                0,
                items.Count,
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (i, token) => Compare(items[i], await _circuit.RunAsync(() => FindAsync(items[i].ProductId, token)), $"items[{i}]", differences));
        }

        return differences;
    }

    private static void Compare(OrderItem item, Product? product, string path, ConcurrentDictionary<string, string[]> differences)
    {
        if (product is null)
        {
            differences[$"{path}.productId"] = ["is not in the catalog"];
            return;
        }

        if (item.UnitCost != product.Price)
        {
            differences[$"{path}.unitCost"] = [$"is {item.UnitCost}, but the catalog says {product.Price}"];
        }

        if (item.Name != product.Name)
        {
            differences[$"{path}.name"] = [$"is not the catalog's name, {product.Name}"];
        }
    }

    private async Task<Product?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(catalog!, $"/catalogue/product/{Uri.EscapeDataString(id)}"), cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            response.EnsureSuccessStatusCode();
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return JsonSerializer.Deserialize(body, OrdersJson.Default.Product);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new DependencyUnavailableException(Dependency, $"The catalog did not tell the price of a product: {e.Message}", e);
        }
    }
}
