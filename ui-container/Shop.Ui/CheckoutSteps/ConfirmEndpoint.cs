using Shop.Contracts;
using Shop.Ui.Backends;
using Shop.Ui.Errors;
using Shop.Ui.Http;
using Shop.Ui.Visits;

namespace Shop.Ui.CheckoutSteps;

/// <summary>Places the order. The cart is touched only when the order is known to exist.</summary>
internal static class ConfirmEndpoint
{
    public static void MapConfirm(this IEndpointRouteBuilder app) => app.MapPost("/checkout/confirm", ConfirmAsync);

    private static async Task<IResult> ConfirmAsync(
        HttpContext context, Visit visit, SubmitClient submit, OrdersClient orders, Purchase purchase, CheckoutDesk desk, CancellationToken cancellationToken)
    {
        var field = (await FormFields.ReadAsync(context))["orderId"];
        if (Key(field, context.Request) is not { } key)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        switch (await submit.SubmitAsync(visit.SessionId, key, cancellationToken))
        {
            case SubmitOutcome.Placed:
                return await OrderAsync(null);

            case SubmitOutcome.CheckoutMissing or SubmitOutcome.OtherContent:
                return await orders.FindAsync(key, visit.SessionId, cancellationToken) is { } placed ? await OrderAsync(placed) : Restart();

            case SubmitOutcome.CheckoutIncomplete:
                return await ReviewAgainAsync(desk, cancellationToken);

            default:
                OrderKey.Keep(context, key);
                return Page.Of<MovingPage>(
                    new TryAgain(
                        "We don't know yet whether your order got through. Your cart is kept, and trying again can't order twice.",
                        "/checkout/confirm", IsPost: true, [KeyValuePair.Create("orderId", key.ToString("D"))]),
                    complete: false);
        }

        async Task<IResult> OrderAsync(Order? placed)
        {
            await purchase.FinishAsync(context, key, placed, cancellationToken);
            return Page.SeeOther($"/orders/{key:D}");
        }

        IResult Restart()
        {
            OrderKey.Keep(context, key);
            return Page.SeeOther("/checkout?again=true");
        }
    }

    /// <summary>A price may have changed since the review: the checkout is built again from the cart, for the shopper to look at.</summary>
    private static async Task<IResult> ReviewAgainAsync(CheckoutDesk desk, CancellationToken cancellationToken)
    {
        var (checkout, items) = await desk.ReadAsync(cancellationToken);
        if (items.Count == 0)
        {
            return Page.SeeOther("/cart");
        }

        await desk.UpdateAsync(items, r => r, checkout?.Request, cancellationToken);
        return Page.SeeOther("/checkout/review?changed=true");
    }

    /// <summary>The form's key, else the one kept when the steps were posted, else a new one. Null when the form's is no UUID.</summary>
    private static Guid? Key(string field, HttpRequest request) =>
        field.Length == 0 ? OrderKey.Find(request) ?? Guid.CreateVersion7()
        : Guid.TryParseExact(field, "D", out var key) ? key
        : null;
}

/// <summary>Names the log of order placement.</summary>
internal sealed class OrderKeyLog;
