using System.Net;
using Shop.Contracts;
using Shop.Lambda.Resilience;

namespace Shop.Checkout;

/// <summary>Reads products from the catalog API.</summary>
internal sealed class Catalog(HttpClient http, TimeProvider time)
{
    private const string Name = "catalog";
    private readonly Circuit _circuit = new(Name, time);

    /// <summary>The products in the order of their ids; null for an unknown one.</summary>
    public Task<Product?[]> FindAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        Task.WhenAll(ids.Select(id => FindAsync(id, cancellationToken)));

    private async Task<Product?> FindAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await Upstream.SendAsync(
            http, _circuit, Name, () => new HttpRequestMessage(HttpMethod.Get, $"catalogue/product/{Uri.EscapeDataString(id)}"), cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => await Upstream.ReadAsync(response, Name, CheckoutJson.Default.Product, cancellationToken),
            // 400: an id of a form that no product has.
            HttpStatusCode.NotFound or HttpStatusCode.BadRequest => null,
            _ => throw Upstream.Unexpected(response, Name),
        };
    }
}
