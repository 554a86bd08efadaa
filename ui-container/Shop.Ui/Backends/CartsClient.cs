using System.Net;
using Shop.Contracts;

namespace Shop.Ui.Backends;

public sealed class CartsClient(HttpClient http) : BackendClient(http)
{
    public async Task<Cart> GetAsync(string session, CancellationToken cancellationToken) =>
        await FindAsync($"carts/{session}", UiJson.Default.Cart, cancellationToken) ?? new Cart(session, []);

    /// <summary>Adds to what is there; false when the cart is full. Not repeated on failure: it would add twice.</summary>
    public Task<bool> AddAsync(string session, CartItem item, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Post, $"carts/{session}/items", item, cancellationToken);

    public Task SetAsync(string session, CartItem item, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Patch, $"carts/{session}/items", item, cancellationToken);

    public Task RemoveAsync(string session, string itemId, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Delete, $"carts/{session}/items/{itemId}", null, cancellationToken);

    public Task ClearAsync(string session, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Delete, $"carts/{session}", null, cancellationToken);

    private async Task<bool> ChangeAsync(HttpMethod method, string path, CartItem? item, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = item is null ? null : Json(item, UiJson.Default.CartItem);
        using var response = await SendAsync(request, cancellationToken);

        // 404: what should be gone is gone, by another tab or a repeated form.
        if (response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Conflict))
        {
            response.EnsureSuccessStatusCode();
        }

        return response.StatusCode != HttpStatusCode.Conflict;
    }
}
