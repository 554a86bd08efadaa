using Shop.Contracts;
using Shop.Ui.Backends;
using Shop.Ui.Http;
using Shop.Ui.Visits;

namespace Shop.Ui.CheckoutSteps;

/// <summary>The steps before confirming. Each post saves and answers 303 to the next page, so that reloading a page repeats nothing.</summary>
internal static class CheckoutEndpoints
{
    private const string StartAgain = "/checkout?again=true";

    public static void MapCheckout(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/checkout", Page.Reading, ShowCustomerAsync);
        app.MapPost("/checkout", SaveCustomerAsync);
        app.MapMethods("/checkout/delivery", Page.Reading, ShowDeliveryAsync);
        app.MapPost("/checkout/delivery", SaveDeliveryAsync);
        app.MapMethods("/checkout/payment", Page.Reading, ShowPaymentAsync);
        app.MapPost("/checkout/payment", SavePaymentAsync);
        app.MapMethods("/checkout/review", Page.Reading, ShowReviewAsync);
    }

    /// <summary>The step that is still to do before <paramref name="wanted"/>; null when there is none.</summary>
    private static IResult? Missing(Checkout? checkout, CheckoutStep wanted) => checkout switch
    {
        null or { Request.Items.Count: 0 } => Page.SeeOther(StartAgain),
        { Request.ShippingAddress: null } or { Request.CustomerEmail: null or "" } => Page.SeeOther("/checkout"),
        { Shipping: < 0 } when wanted > CheckoutStep.Delivery => Page.SeeOther("/checkout/delivery"),
        _ => null,
    };

    private static async Task<IResult> ShowCustomerAsync(HttpRequest request, CheckoutDesk desk, CancellationToken cancellationToken)
    {
        var before = desk.FindAsync(cancellationToken).OrNothing();
        var items = await desk.ItemsAsync(cancellationToken);
        var checkout = await before;
        return items.Count == 0
            ? Page.SeeOther("/cart")
            : Page.Of<CustomerPage>(new CustomerView(
                CustomerForm.From(checkout), new Dictionary<string, string>(), items, StartedAgain: request.Query.ContainsKey("again")));
    }

    private static async Task<IResult> SaveCustomerAsync(HttpContext context, CheckoutDesk desk, CancellationToken cancellationToken)
    {
        var form = CustomerForm.From(await FormFields.ReadAsync(context));
        var before = desk.FindAsync(cancellationToken).OrNothing();
        var items = await desk.ItemsAsync(cancellationToken);
        var checkout = await before;
        if (items.Count == 0)
        {
            return Page.SeeOther("/cart");
        }

        var errors = form.Check();
        var saved = errors.Count > 0 ? null : await desk.UpdateAsync(
            items, r => r with { CustomerEmail = form.Email, ShippingAddress = form.Address }, checkout?.Request, cancellationToken);
        return saved is null
            ? Page.Of<CustomerPage>(new CustomerView(form, errors, items, WasRefused: errors.Count == 0), StatusCodes.Status400BadRequest)
            : Page.SeeOther("/checkout/delivery");
    }

    private static async Task<IResult> ShowDeliveryAsync(CheckoutDesk desk, CancellationToken cancellationToken)
    {
        var checkout = await desk.FindAsync(cancellationToken);
        return Missing(checkout, CheckoutStep.Delivery) ?? Page.Of<DeliveryPage>(new DeliveryView(checkout!));
    }

    private static async Task<IResult> SaveDeliveryAsync(HttpContext context, CheckoutDesk desk, CancellationToken cancellationToken)
    {
        var token = (await FormFields.ReadAsync(context))["token"];
        var (checkout, items) = await desk.ReadAsync(cancellationToken);
        if (Missing(checkout, CheckoutStep.Delivery) is { } missing)
        {
            return missing;
        }

        var isOffered = checkout!.ShippingRates.Rates.Any(r => r.Token == token);
        var saved = isOffered && items.Count > 0
            ? await desk.UpdateAsync(items, r => r with { DeliveryOptionToken = token }, checkout.Request, cancellationToken)
            : null;
        return saved is null
            ? Page.Of<DeliveryPage>(new DeliveryView(checkout, "Please select a delivery method."), StatusCodes.Status400BadRequest)
            : Page.SeeOther("/checkout/payment");
    }

    private static async Task<IResult> ShowPaymentAsync(CheckoutDesk desk, CancellationToken cancellationToken)
    {
        var checkout = await desk.FindAsync(cancellationToken);
        return Missing(checkout, CheckoutStep.Payment) ?? Page.Of<PaymentPage>(new PaymentView(checkout!));
    }

    private static async Task<IResult> SavePaymentAsync(HttpContext context, CheckoutDesk desk, CancellationToken cancellationToken)
    {
        var (checkout, items) = await desk.ReadAsync(cancellationToken);
        if (Missing(checkout, CheckoutStep.Payment) is { } missing)
        {
            return missing;
        }

        if (items.Count == 0)
        {
            return Page.SeeOther("/cart");
        }

        // What is reviewed is what is in the cart now, whatever another tab has done to it.
        if (!items.OrderBy(i => i.Id).SequenceEqual(checkout!.Request.Items.OrderBy(i => i.Id)))
        {
            await desk.UpdateAsync(items, r => r, checkout.Request, cancellationToken);
        }

        OrderKey.Keep(context, OrderKey.Find(context.Request) ?? Guid.CreateVersion7());
        return Page.SeeOther("/checkout/review");
    }

    private static async Task<IResult> ShowReviewAsync(
        HttpContext context, Visit visit, CheckoutDesk desk, OrdersClient orders, Purchase purchase, CancellationToken cancellationToken)
    {
        var known = OrderKey.Find(context.Request);
        var placed = known is { } id ? orders.FindAsync(id, visit.SessionId, cancellationToken).OrNothing() : Task.FromResult<Order?>(null);
        var checkout = await desk.FindAsync(cancellationToken);
        if (await placed is { } order)
        {
            // It was placed and the answer was lost on the way. Asking to confirm again would look like a second purchase.
            await purchase.FinishAsync(context, order.Id, order, cancellationToken);
            return Page.SeeOther($"/orders/{order.Id:D}");
        }

        if (Missing(checkout, CheckoutStep.Review) is { } missing)
        {
            return missing;
        }

        var key = known ?? Guid.CreateVersion7();
        OrderKey.Keep(context, key);
        return Page.Of<ReviewPage>(new ReviewView(checkout!, key, HasChanged: context.Request.Query.ContainsKey("changed")));
    }
}
