using Shop.Contracts;
using Shop.Databases.Outbox;

namespace Shop.Orders;

/// <summary>What became of a request to cancel an order.</summary>
internal abstract record Cancellation
{
    public sealed record NotFound : Cancellation;

    public sealed record TooLate(Order Order) : Cancellation;

    public sealed record AlreadyCancelled(Order Order) : Cancellation;

    public sealed record Cancelled(Order Order, OutboxEvent Event) : Cancellation;
}
