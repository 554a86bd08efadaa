using Shop.Contracts;
using Shop.Databases.Outbox;

namespace Shop.Orders;

/// <summary>What the store says to an insert.</summary>
internal abstract record Insertion
{
    public sealed record Inserted(Order Order, OutboxEvent Event) : Insertion;

    /// <summary>There is an order with this id, committed.</summary>
    public sealed record Exists : Insertion;
}
