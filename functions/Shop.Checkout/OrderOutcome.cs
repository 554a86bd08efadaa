using Shop.Contracts;

namespace Shop.Checkout;

internal abstract record OrderOutcome
{
    /// <param name="Order">As the orders API keeps it.</param>
    /// <param name="IsReplay">It had been placed before, with the same key.</param>
    public sealed record Placed(Order Order, bool IsReplay) : OrderOutcome;

    public sealed record Refused(Problem Problem) : OrderOutcome;
}
