namespace Shop.Contracts;

/// <summary>What goes to the <c>orders-exchange</c>. <c>EventId</c> is the same on every attempt to publish it.</summary>
public sealed record OrderEvent(Guid EventId, string Type, DateTimeOffset OccurredOn, Order Order)
{
    public const string Created = "OrderCreatedEvent";
    public const string Cancelled = "OrderCancelledEvent";
    public const string Exchange = "orders-exchange";
    public const string Queue = "orders-orders-queue";
}
