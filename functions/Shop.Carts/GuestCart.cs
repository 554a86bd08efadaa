namespace Shop.Carts;

/// <summary>Moves the cart of a visitor who has signed in to the customer's own.</summary>
/// <remarks>
/// Line by line: add to the customer's line, then take away from the guest's. A merge that broke off and is sent again adds nothing twice, because
/// the addition is named for the guest line's last change, and leaves nothing behind. A full line or cart takes what fits; the rest is dropped.
/// </remarks>
internal static class GuestCart
{
    public static async Task MergeAsync(ICartStore store, string sessionId, string customerId, CancellationToken cancellationToken)
    {
        foreach (var line in await store.GetAsync(sessionId, cancellationToken))
        {
            var outcome = await store.AddAsync(customerId, line with { Change = $"{sessionId}/{line.Change}" }, cancellationToken);
            if (outcome is AddOutcome.LineFull)
            {
                await store.SetAsync(customerId, line.ItemId, CartRules.MaxQuantity, null, cancellationToken);
            }

            await store.RemoveMovedAsync(sessionId, line, cancellationToken);
        }
    }
}
