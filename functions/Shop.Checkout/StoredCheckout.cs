namespace Shop.Checkout;

/// <summary>What Redis holds: the checkout, and the order it becomes when a client submits it without a key of its own (so that a double click is one order).</summary>
internal sealed record StoredCheckout(Contracts.Checkout Checkout, Guid OrderId);
