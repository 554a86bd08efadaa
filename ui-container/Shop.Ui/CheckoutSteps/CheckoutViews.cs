using Shop.Contracts;

namespace Shop.Ui.CheckoutSteps;

public sealed record CustomerView(
    CustomerForm Form, IReadOnlyDictionary<string, string> Errors, IReadOnlyList<CheckoutItem> Items, bool StartedAgain = false, bool WasRefused = false);

public sealed record DeliveryView(Checkout Checkout, string? Error = null);

public sealed record PaymentView(Checkout Checkout);

public sealed record ReviewView(Checkout Checkout, Guid OrderId, bool HasChanged);

public enum CheckoutStep
{
    Customer = 1,
    Delivery,
    Payment,
    Review,
}
