using Shop.Lambda.Resilience;

namespace Shop.Carts;

/// <summary>A cart store behind a circuit: while the table is away, a shopper is told so at once.</summary>
internal sealed class GuardedCartStore(ICartStore carts, Circuit circuit) : ICartStore
{
    public Task<IReadOnlyList<CartLine>> GetAsync(string customerId, CancellationToken cancellationToken) =>
        circuit.RunAsync(() => carts.GetAsync(customerId, cancellationToken));

    public Task<CartLine?> FindAsync(string customerId, string itemId, CancellationToken cancellationToken) =>
        circuit.RunAsync(() => carts.FindAsync(customerId, itemId, cancellationToken));

    public Task<AddOutcome> AddAsync(string customerId, CartLine line, CancellationToken cancellationToken) =>
        circuit.RunAsync(() => carts.AddAsync(customerId, line, cancellationToken));

    public Task<CartLine?> SetAsync(string customerId, string itemId, int quantity, long? unitPrice, CancellationToken cancellationToken) =>
        circuit.RunAsync(() => carts.SetAsync(customerId, itemId, quantity, unitPrice, cancellationToken));

    public Task<bool> RemoveAsync(string customerId, string itemId, CancellationToken cancellationToken) =>
        circuit.RunAsync(() => carts.RemoveAsync(customerId, itemId, cancellationToken));

    public Task RemoveMovedAsync(string customerId, CartLine moved, CancellationToken cancellationToken) =>
        circuit.RunAsync(() => carts.RemoveMovedAsync(customerId, moved, cancellationToken));

    public Task ClearAsync(string customerId, CancellationToken cancellationToken) =>
        circuit.RunAsync(() => carts.ClearAsync(customerId, cancellationToken));

    public Task CheckAsync(CancellationToken cancellationToken) => circuit.RunAsync(() => carts.CheckAsync(cancellationToken));
}
