using Shop.Contracts;
using Shop.Lambda.Http;
using Shop.Lambda.Metrics;

namespace Shop.Carts;

internal sealed class CartHandler(ICartStore store, FunctionMetrics metrics)
{
    public async Task<IResult> GetAsync(string customerId, CancellationToken cancellationToken) =>
        CheckIds(customerId) is { } problem ? problem : TypedResults.Ok(await ReadAsync(customerId, cancellationToken));

    public async Task<IResult> GetItemsAsync(string customerId, CancellationToken cancellationToken) =>
        CheckIds(customerId) is { } problem ? problem : TypedResults.Ok((await ReadAsync(customerId, cancellationToken)).Items);

    public async Task<IResult> GetItemAsync(string customerId, string itemId, CancellationToken cancellationToken) =>
        CheckIds(customerId, itemId) is { } problem ? problem
        : await store.FindAsync(customerId, itemId, cancellationToken) is { } line ? TypedResults.Ok(line.ToItem())
        : NotInCart(itemId);

    public async Task<IResult> AddAsync(string customerId, CartItemChange item, CancellationToken cancellationToken)
    {
        var quantity = item.Quantity ?? 1;
        if (Check(customerId, item with { Quantity = quantity }, isPriceRequired: true) is { } problem)
        {
            return problem;
        }

        var line = new CartLine(item.ItemId!, quantity, item.UnitPrice!.Value, Guid.CreateVersion7().ToString("N"));
        var outcome = await store.AddAsync(customerId, line, cancellationToken);
        if (outcome is AddOutcome.Added)
        {
            metrics.Count("CartItemsAdded");
        }

        return outcome switch
        {
            AddOutcome.Added(var added) => TypedResults.Created($"/carts/{customerId}/items/{line.ItemId}", added.ToItem()),
            AddOutcome.LineFull(var present) => ProblemResult.Conflict(
                $"The cart holds {present} of item {line.ItemId} and takes at most {CartRules.MaxQuantity}."),
            AddOutcome.CartFull => ProblemResult.Conflict($"A cart takes at most {CartRules.MaxLines} different items."),
            var other => throw new InvalidOperationException($"Unknown outcome {other}; expected Added, LineFull or CartFull."),
        };
    }

    public async Task<IResult> SetAsync(string customerId, CartItemChange item, CancellationToken cancellationToken)
    {
        if (Check(customerId, item, isPriceRequired: false) is { } problem)
        {
            return problem;
        }

        var line = await store.SetAsync(customerId, item.ItemId!, item.Quantity!.Value, item.UnitPrice, cancellationToken);
        return line is null ? NotInCart(item.ItemId!) : TypedResults.Accepted((string?)null, line.ToItem());
    }

    public async Task<IResult> RemoveAsync(string customerId, string itemId, CancellationToken cancellationToken) =>
        CheckIds(customerId, itemId) is { } problem ? problem
        : await store.RemoveAsync(customerId, itemId, cancellationToken) ? TypedResults.Accepted((string?)null)
        : NotInCart(itemId);

    public async Task<IResult> ClearAsync(string customerId, CancellationToken cancellationToken)
    {
        if (CheckIds(customerId) is { } problem)
        {
            return problem;
        }

        await store.ClearAsync(customerId, cancellationToken);
        return TypedResults.Accepted((string?)null, new Cart(customerId, []));
    }

    public async Task<IResult> MergeAsync(string customerId, string? sessionId, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        Check(validation, "customerId", CartRules.CheckId(customerId));
        Check(validation, "sessionId", CartRules.CheckId(sessionId) ?? (sessionId == customerId ? "must be another cart's" : null));
        if (validation.Problem is { } problem)
        {
            return problem;
        }

        await GuestCart.MergeAsync(store, sessionId!, customerId, cancellationToken);
        return TypedResults.Accepted((string?)null, await ReadAsync(customerId, cancellationToken));
    }

    private async Task<Cart> ReadAsync(string customerId, CancellationToken cancellationToken) =>
        new(customerId, [.. (await store.GetAsync(customerId, cancellationToken)).Select(l => l.ToItem())]);

    private static ProblemResult? Check(string customerId, CartItemChange item, bool isPriceRequired)
    {
        var validation = new Validation();
        Check(validation, "customerId", CartRules.CheckId(customerId));
        Check(validation, "itemId", CartRules.CheckId(item.ItemId));
        Check(validation, "quantity", CartRules.CheckQuantity(item.Quantity));
        Check(validation, "unitPrice", isPriceRequired && item.UnitPrice is null ? "is required" : CartRules.CheckUnitPrice(item.UnitPrice));
        return validation.Problem;
    }

    private static ProblemResult? CheckIds(string customerId, string? itemId = null)
    {
        var validation = new Validation();
        Check(validation, "customerId", CartRules.CheckId(customerId));
        Check(validation, "itemId", itemId is null ? null : CartRules.CheckId(itemId));
        return validation.Problem;
    }

    private static void Check(Validation validation, string field, string? error) => validation.Check(error is null, field, error ?? "");

    private static ProblemResult NotInCart(string itemId) => ProblemResult.NotFound($"The cart has no item {itemId}.");
}
