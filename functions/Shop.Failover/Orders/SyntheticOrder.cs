using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Shop.Contracts;
using Shop.Lambda;

namespace Shop.Failover.Orders;

public sealed record SyntheticOrderRequest(string RunId);

public sealed record SyntheticOrderAnswer(Guid OrderId, string Region, long Epoch, bool ReadBack, bool Cancelled);

/// <summary>Buys the cheapest product through this Region's load balancer, reads the order back, and cancels it.</summary>
internal sealed class SyntheticOrder(FailoverSettings settings)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(8),
    };

    public async Task<SyntheticOrderAnswer> PlaceAsync(SyntheticOrderRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var product = await CheapestAsync(cancellationToken);
            var id = IdOf(request.RunId);
            var placed = await SubmitAsync(id, product, cancellationToken);
            var found = await Http.GetFromJsonAsync(Url($"orders/{id}"), FailoverJson.Default.Order, cancellationToken);
            using var cancel = await Http.PostAsync(Url($"orders/{id}/cancel"), null, cancellationToken);
            if (found?.Id != id)
            {
                throw new ShopException("Shop.StoreNotSelling", "The order that was placed could not be read back.");
            }

            if (!cancel.IsSuccessStatusCode)
            {
                // Left as it is somebody would send it; the retry finds the order and cancels it.
                throw new ShopException("Shop.SyntheticOrderLeft", $"The order {id} of customer \"synthetic\" was placed and could not be cancelled: {(int)cancel.StatusCode}.");
            }

            return new SyntheticOrderAnswer(id, placed.Region, placed.Epoch, ReadBack: true, Cancelled: true);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ShopException("Shop.StoreNotSelling", $"The synthetic order of {request.RunId} failed: {e.Message}", e);
        }
    }

    /// <summary>The same id for each attempt of a run: a retry is a replay, not another order.</summary>
    private static Guid IdOf(string runId) => new(SHA256.HashData(Encoding.UTF8.GetBytes(runId)).AsSpan(0, 16));

    private async Task<Product> CheapestAsync(CancellationToken cancellationToken) =>
        await Http.GetFromJsonAsync(Url("catalogue?order=price_asc&size=1"), FailoverJson.Default.ProductArray, cancellationToken) is [var product, ..]
            ? product
            : throw new ShopException("Shop.StoreNotSelling", "The catalog is empty.");

    private async Task<Order> SubmitAsync(Guid id, Product product, CancellationToken cancellationToken)
    {
        var (tax, shipping) = (OrderCharges.Tax(product.Price), OrderCharges.ShippingRates[0].Amount);
        var order = new OrderRequest(
            "synthetic", "Synthetic", "Order", "synthetic@store.invalid", product.Currency, product.Price, tax, shipping, product.Price + tax + shipping,
            [new OrderItem(product.Id, product.Name, 1, product.Price, product.Price)]);
        using var message = new HttpRequestMessage(HttpMethod.Post, Url("orders")) { Content = JsonContent.Create(order, FailoverJson.Default.OrderRequest) };
        message.Headers.Add("Idempotency-Key", id.ToString());
        using var answer = await Http.SendAsync(message, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new ShopException("Shop.StoreNotSelling", $"POST /orders answered {(int)answer.StatusCode}.");
        }

        return await answer.Content.ReadFromJsonAsync(FailoverJson.Default.Order, cancellationToken)
            ?? throw new ShopException("Shop.StoreNotSelling", "POST /orders answered nothing.");
    }

    private Uri Url(string path) => new(settings.StoreUrl, path);
}
