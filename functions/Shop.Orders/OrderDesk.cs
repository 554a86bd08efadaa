using Microsoft.Extensions.Logging;
using Shop.Contracts;
using Shop.Databases;
using Shop.Lambda;
using Shop.Lambda.Metrics;
using Shop.Orders.Events;

namespace Shop.Orders;

/// <summary>Places and cancels orders: acknowledged means committed, and the same key never makes a second one.</summary>
internal sealed class OrderDesk(
    IOrderStore store, CatalogPrices prices, PromptPublisher publisher, OrdersOptions options, FunctionMetrics metrics, TimeProvider time, ILogger<OrderDesk> log)
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;
    private static readonly TimeSpan CancellableFor = TimeSpan.FromMinutes(30);

    public async Task<Placement> PlaceAsync(Guid id, OrderRequest content, CancellationToken cancellationToken)
    {
        var order = new NewOrder(id, content, OrderContent.Hash(content), options.Region, Now());
        if (await CheckPricesAsync(order, cancellationToken) is { } answer)
        {
            return answer;
        }

        try
        {
            switch (await store.InsertAsync(order, cancellationToken))
            {
                case Insertion.Inserted inserted:
                    Log.OrderPlaced(log, id, inserted.Order.Epoch);
                    metrics.Count("OrdersCreated");
                    await publisher.TryPublishAsync(inserted.Event);
                    return new Placement.Placed(inserted.Order);
                case Insertion.Exists when await store.FindAsync(id, cancellationToken) is { } first:
                    return Compare(order, first);
                case Insertion.Exists:
                    // The writer moved between the two statements, and the order was not replicated: only a retry can tell.
                    throw new DependencyUnavailableException("orders", "The order was there and is not any more; the database is moving.");
                case var other:
                    throw new InvalidOperationException($"Unknown outcome {other} of an insert; expected Inserted or Exists.");
            }
        }
        catch (CommitUnknownException e)
        {
            Log.CommitUnknown(log, id, e);
            return await ReadBackAsync(order, cancellationToken);
        }
    }

    public async Task<Cancellation> CancelAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = Now();
        try
        {
            var cancellation = await store.CancelAsync(id, now, order => now - order.CreatedOn <= CancellableFor, cancellationToken);
            if (cancellation is Cancellation.Cancelled cancelled)
            {
                Log.OrderCancelled(log, id);
                metrics.Count("OrdersCancelled");
                await publisher.TryPublishAsync(cancelled.Event);
            }

            return cancellation;
        }
        catch (CommitUnknownException e)
        {
            Log.CommitUnknown(log, id, e);
            return await store.FindAsync(id, cancellationToken) is { Order: { Status: OrderStatus.Cancelled } order }
                ? new Cancellation.AlreadyCancelled(order)
                : throw new DependencyUnavailableException("database orders", "The cancellation was not kept.", e);
        }
    }

    /// <summary>An order that was placed is answered as it was, whatever its products cost by now.</summary>
    private async Task<Placement?> CheckPricesAsync(NewOrder order, CancellationToken cancellationToken)
    {
        try
        {
            var differences = await prices.CompareAsync(order.Content.Items, cancellationToken);
            return differences.Count == 0
                ? null
                : await FindFirstAsync(order, cancellationToken) ?? new Placement.Disagreed(differences);
        }
        catch (DependencyUnavailableException e) when (e.Dependency == CatalogPrices.Dependency)
        {
            return await FindFirstAsync(order, cancellationToken) ?? throw new DependencyUnavailableException(e.Dependency, e.Message, e);
        }
    }

    private async Task<Placement?> FindFirstAsync(NewOrder order, CancellationToken cancellationToken) =>
        await store.FindAsync(order.Id, cancellationToken) is { } first ? Compare(order, first) : null;

    private Placement Compare(NewOrder order, StoredOrder first)
    {
        if (first.ContentHash != order.ContentHash)
        {
            return new Placement.Mismatched(order.Id);
        }

        metrics.Count("OrdersReplayed");
        return new Placement.Replayed(first.Order);
    }

    private async Task<Placement> ReadBackAsync(NewOrder order, CancellationToken cancellationToken)
    {
        try
        {
            return await store.FindAsync(order.Id, cancellationToken) switch
            {
                null => new Placement.Unknown(order.Id),
                { } kept when kept.ContentHash == order.ContentHash => Kept(kept),
                _ => new Placement.Mismatched(order.Id),
            };
        }
        catch (DependencyUnavailableException e)
        {
            Log.CommitUnknown(log, order.Id, e);
            return new Placement.Unknown(order.Id);
        }
    }

    private Placement.Placed Kept(StoredOrder kept)
    {
        metrics.Count("OrdersCreated");
        return new Placement.Placed(kept.Order);
    }

    // What DATETIME(6) keeps, so that the first answer and every later one agree.
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TicksPerMicrosecond));
    }
}
