using Microsoft.Extensions.Primitives;
using Shop.Contracts;
using Shop.Lambda;
using Shop.Lambda.Http;
using Shop.Lambda.Metrics;

namespace Shop.Checkout;

internal sealed class CheckoutHandler(ICheckoutStore store, Catalog catalog, Orders orders, FunctionMetrics metrics, ILogger<CheckoutHandler> log)
{
    public async Task<IResult> GetAsync(string customerId, CancellationToken cancellationToken)
    {
        Validate(("customerId", CheckoutRules.CheckId(customerId)));
        return await store.FindAsync(customerId, cancellationToken) is { } stored
            ? TypedResults.Ok(stored.Checkout)
            : NoCheckout(customerId);
    }

    public async Task<IResult> UpdateAsync(string customerId, CheckoutUpdate update, CancellationToken cancellationToken)
    {
        Validate([("customerId", CheckoutRules.CheckId(customerId)), .. CheckoutRules.Check(update)]);

        var products = await catalog.FindAsync(update.Items!.Select(i => i!.Id!), cancellationToken);
        Validate([.. products.Select((p, i) => ($"items[{i}].id", p is null ? "is not in the catalog" : null))]);

        var checkout = Pricing.Price(update, products!);
        await store.SaveAsync(customerId, new StoredCheckout(checkout, Guid.CreateVersion7()), cancellationToken);
        return TypedResults.Created($"/checkout/{customerId}", checkout);
    }

    public async Task<IResult> SubmitAsync(string customerId, StringValues idempotencyKey, HttpResponse response, CancellationToken cancellationToken)
    {
        Guid? key = Guid.TryParse(idempotencyKey, out var parsed) ? parsed : null;
        Validate(
            ("customerId", CheckoutRules.CheckId(customerId)),
            ("Idempotency-Key", idempotencyKey.Count > 0 && key is null ? "must be one UUID" : null));

        if (await store.FindAsync(customerId, cancellationToken) is not { } stored)
        {
            return await ReplayAsync(customerId, key, response, cancellationToken);
        }

        if (OrderRequests.Missing(stored.Checkout) is { Length: > 0 } missing)
        {
            return ProblemResult.Conflict($"The checkout has no {string.Join(", no ", missing)} yet.");
        }

        var outcome = await orders.PlaceAsync(key ?? stored.OrderId, OrderRequests.From(customerId, stored.Checkout), cancellationToken);
        switch (outcome)
        {
            case OrderOutcome.Placed(var order, var isReplay):
                await ForgetAsync(customerId, stored, cancellationToken);
                metrics.Count(isReplay ? "CheckoutsReplayed" : "CheckoutsSubmitted");
                return Submitted(order, isReplay, response);
            case OrderOutcome.Refused(var problem):
                return new ProblemResult(problem);
            default:
                throw new InvalidOperationException($"Unknown outcome {outcome}; expected Placed or Refused.");
        }
    }

    // The checkout is gone after the order was placed: a client that lost the answer asks again with the same key.
    private async Task<IResult> ReplayAsync(string customerId, Guid? key, HttpResponse response, CancellationToken cancellationToken) =>
        key is { } id && await orders.FindAsync(id, cancellationToken) is { } order && order.CustomerId == customerId
            ? Submitted(order, true, response)
            : NoCheckout(customerId);

    private async Task ForgetAsync(string customerId, StoredCheckout stored, CancellationToken cancellationToken)
    {
        try
        {
            await store.DeleteAsync(customerId, stored, cancellationToken);
        }
        catch (DependencyUnavailableException e)
        {
            // The order is placed, and that is what the answer must say. Submitting what stayed behind is a replay.
            Log.CheckoutNotDeleted(log, e);
        }
    }

    private static IResult Submitted(Order order, bool isReplay, HttpResponse response)
    {
        var submitted = new CheckoutSubmitted(order.Id.ToString(), order.Email);
        if (!isReplay)
        {
            return TypedResults.Created($"/orders/{order.Id}", submitted);
        }

        response.Headers["Idempotent-Replay"] = "true";
        return TypedResults.Ok(submitted);
    }

    private static void Validate(params IEnumerable<(string Field, string? Error)> checks)
    {
        var validation = new Validation();
        foreach (var (field, error) in checks)
        {
            validation.Check(error is null, field, error ?? "");
        }

        validation.ThrowIfInvalid();
    }

    private static ProblemResult NoCheckout(string customerId) => ProblemResult.NotFound($"Customer {customerId} has no checkout.");
}
