using Shop.Contracts;

namespace Shop.Ui.Orders;

/// <summary>An order's state in a shopper's words.</summary>
public sealed record OrderState(string Class, string Word, string Heading)
{
    public static readonly OrderState BeingRecovered = new("waiting", "Being recovered", "Your order is being recovered");

    public static OrderState Of(Order order) => order switch
    {
        { Status: OrderStatus.Cancelled } => new("cancelled", "Cancelled", "This order was cancelled"),
        { RecoveredFrom.Length: > 0 } => new("recovered", "Recovered", "Your order is back with us"),
        { Status: OrderStatus.Placed } => new("placed", "Placed", "Thank you for your order"),
        _ => new("placed", order.Status, "Your order"),
    };
}
