namespace Shop.Checkout;

internal interface ICheckoutStore
{
    Task<StoredCheckout?> FindAsync(string customerId, CancellationToken cancellationToken);

    Task SaveAsync(string customerId, StoredCheckout checkout, CancellationToken cancellationToken);

    /// <summary>Deletes the checkout unless it has been replaced since it was read.</summary>
    Task DeleteAsync(string customerId, StoredCheckout checkout, CancellationToken cancellationToken);

    Task CheckAsync(CancellationToken cancellationToken);
}
