using System.Net.Http.Json;
using System.Net;
using Shop.Contracts;
using Shop.Lambda.Resilience;

namespace Shop.Checkout;

/// <summary>Places orders at the orders API, and finds them again.</summary>
internal sealed class Orders(HttpClient http, TimeProvider time)
{
    private const string Name = "orders";
    private readonly Circuit _circuit = new(Name, time);

    public async Task<OrderOutcome> PlaceAsync(Guid id, OrderRequest order, CancellationToken cancellationToken)
    {
        using var response = await Upstream.SendAsync(
            http,
            _circuit,
            Name,
            () => new HttpRequestMessage(HttpMethod.Post, "orders")
            {
                Headers = { { "Idempotency-Key", id.ToString() } },
                Content = JsonContent.Create(order, CheckoutJson.Default.OrderRequest),
            },
            cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.Created or HttpStatusCode.OK => new OrderOutcome.Placed(
                await Upstream.ReadAsync(response, Name, CheckoutJson.Default.Order, cancellationToken), response.StatusCode == HttpStatusCode.OK),
            HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity => new OrderOutcome.Refused(
                await Upstream.ReadAsync(response, Name, CheckoutJson.Default.Problem, cancellationToken) with { Instance = null }),
            _ => throw Upstream.Unexpected(response, Name),
        };
    }

    public async Task<Order?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        using var response = await Upstream.SendAsync(
            http, _circuit, Name, () => new HttpRequestMessage(HttpMethod.Get, $"orders/{id}"), cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => await Upstream.ReadAsync(response, Name, CheckoutJson.Default.Order, cancellationToken),
            HttpStatusCode.NotFound => null,
            _ => throw Upstream.Unexpected(response, Name),
        };
    }
}
