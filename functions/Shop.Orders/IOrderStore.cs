using Shop.Contracts;
using Shop.Databases;

namespace Shop.Orders;

internal interface IOrderStore
{
    /// <summary>Writes order, items and event in one transaction, under the newest epoch.</summary>
    /// <exception cref="CommitUnknownException">The outcome must be read back.</exception>
    Task<Insertion> InsertAsync(NewOrder order, CancellationToken cancellationToken);

    /// <summary>Reads through the writer, and so sees every order that was acknowledged.</summary>
    Task<StoredOrder?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Whether the order is one that a failover lost and a reconciliation found.</summary>
    Task<bool> IsBeingRecoveredAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Reads this Region's copy, which may lag.</summary>
    Task<Order?> FindCopyAsync(Guid id, CancellationToken cancellationToken);

    Task<OrderPage> ListAsync(OrderQuery query, CancellationToken cancellationToken);

    /// <param name="id">Which order.</param>
    /// <param name="on">When it is cancelled.</param>
    /// <param name="mayCancel">Decides on the order while it is locked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CommitUnknownException">The outcome must be read back.</exception>
    Task<Cancellation> CancelAsync(Guid id, DateTimeOffset on, Func<Order, bool> mayCancel, CancellationToken cancellationToken);

    /// <summary>Throws when the store can't answer.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
