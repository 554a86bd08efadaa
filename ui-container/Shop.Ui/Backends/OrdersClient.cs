using Shop.Contracts;

namespace Shop.Ui.Backends;

public sealed class OrdersClient(HttpClient http) : BackendClient(http)
{
    /// <summary>The order, if this visitor placed it. To anyone else it does not exist.</summary>
    public async Task<Order?> FindAsync(Guid id, string session, CancellationToken cancellationToken)
    {
        var order = await FindAsync($"orders/{id:D}", UiJson.Default.Order, cancellationToken);
        return order?.CustomerId == session ? order : null;
    }

    public Task<Listed<Order>> ListAsync(string session, int page, int size, CancellationToken cancellationToken) =>
        ListAsync($"orders?customerId={session}&page={page}&size={size}", UiJson.Default.ListOrder, cancellationToken);
}
