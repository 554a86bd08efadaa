namespace Shop.Carts;

internal interface ICartStore
{
    /// <summary>All lines, ordered by item id, with every write this Region has acknowledged.</summary>
    Task<IReadOnlyList<CartLine>> GetAsync(string customerId, CancellationToken cancellationToken);

    Task<CartLine?> FindAsync(string customerId, string itemId, CancellationToken cancellationToken);

    /// <summary>Adds to the line's quantity, atomically; a line that exists keeps its price. The same <see cref="CartLine.Change"/> again adds nothing.</summary>
    Task<AddOutcome> AddAsync(string customerId, CartLine line, CancellationToken cancellationToken);

    /// <summary>Answers null, and changes nothing, when the line is absent.</summary>
    Task<CartLine?> SetAsync(string customerId, string itemId, int quantity, long? unitPrice, CancellationToken cancellationToken);

    /// <summary>Answers false when the line is absent.</summary>
    Task<bool> RemoveAsync(string customerId, string itemId, CancellationToken cancellationToken);

    /// <summary>Takes a line's quantity away that has been moved elsewhere; what was added to it meanwhile stays.</summary>
    Task RemoveMovedAsync(string customerId, CartLine moved, CancellationToken cancellationToken);

    Task ClearAsync(string customerId, CancellationToken cancellationToken);

    Task CheckAsync(CancellationToken cancellationToken);
}
