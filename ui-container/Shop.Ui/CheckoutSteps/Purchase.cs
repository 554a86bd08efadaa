using Shop.Contracts;
using Shop.Ui.Backends;
using Shop.Ui.Orders;
using Shop.Ui.Visits;

namespace Shop.Ui.CheckoutSteps;

/// <summary>What is left to do once an order is known to exist, however that came to be known: the shopper must not stand before a full cart with a new key.</summary>
internal sealed class Purchase(Visit visit, OrdersClient orders, CartsClient carts, ILogger<OrderKeyLog> logger)
{
    /// <param name="context">The request.</param>
    /// <param name="key">The order.</param>
    /// <param name="order">Null when it has just been placed; else as it was found.</param>
    /// <param name="cancellationToken">The request's end.</param>
    public async Task FinishAsync(HttpContext context, Guid key, Order? order, CancellationToken cancellationToken)
    {
        // A form of long ago, posted again, has nothing to do with what is in the cart now.
        var isPending = order is null || OrderKey.Find(context.Request) == key;
        OrderKey.Forget(context);
        Placed.Remember(context, visit.SessionId, key);
        if (!isPending)
        {
            return;
        }

        try
        {
            await TakeOutAsync(order, key, cancellationToken);
        }
        catch (Exception e) when (e is BackendUnavailableException or HttpRequestException)
        {
            // The order stands. A cart that is still full is a nuisance, an order page that fails is a scare.
            Log.CartNotCleared(logger, key);
        }
    }

    /// <summary>What was ordered goes; what another tab has added since the review stays.</summary>
    private async Task TakeOutAsync(Order? order, Guid key, CancellationToken cancellationToken)
    {
        var found = order is null ? orders.FindAsync(key, visit.SessionId, cancellationToken).OrNothing() : Task.FromResult<Order?>(order);
        var cart = await carts.GetAsync(visit.SessionId, cancellationToken);
        var ordered = (await found)?.Items.GroupBy(i => i.ProductId).ToDictionary(g => g.Key, g => g.Sum(i => i.Quantity));
        if (ordered is null || cart.Items.All(i => i.Quantity <= ordered.GetValueOrDefault(i.ItemId)))
        {
            await carts.ClearAsync(visit.SessionId, cancellationToken);
            return;
        }

        foreach (var item in cart.Items.Where(i => ordered.ContainsKey(i.ItemId)))
        {
            var left = item.Quantity - ordered[item.ItemId];
            await (left > 0 ? carts.SetAsync(visit.SessionId, item with { Quantity = left }, cancellationToken) : carts.RemoveAsync(visit.SessionId, item.ItemId, cancellationToken));
        }
    }
}
