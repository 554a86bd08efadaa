using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Shop.Contracts;
using Shop.Lambda;
using Shop.Lambda.Http;
using Shop.OpenApi;

namespace Shop.Orders;

internal static class OrdersHandler
{
    private const string KeyHeader = "Idempotency-Key";

    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders").WithTags("Orders");
        orders.MapPost("/", PlaceAsync).WithName("PlaceOrder").WithSummary("Places an order; answered 201 only after it is stored with its event")
            .Produces<Order>(201).Produces<Order>(200).ProducesProblems(400, 409, 422, 503)
            .WithParameter(KeyHeader, "Becomes the order's id: the same key never places a second order.", Schemas.Uuid)
            .WithHeader("Location", "The order.", OrdersDocument.Path, 200, 201)
            .WithHeader("Idempotent-Replay", "The order was placed by an earlier request.", () => Schemas.Choice("true"), 200);
        orders.MapGet("/", ListAsync).WithName("ListOrders").WithSummary("A page of a customer's orders, newest first")
            .Produces<Order[]>().ProducesProblems(400, 403, 503)
            .WithParameter("customerId", "Whose orders. Only where operators may see all can it be left out.", () => new() { Type = JsonSchemaType.String })
            .WithParameter("page", "From 1.", () => Schemas.WholeNumber(1, int.MaxValue, 1))
            .WithParameter("size", "Orders a page.", () => Schemas.WholeNumber(1, OrderQuery.MaximumSize, OrderQuery.UsualSize))
            .WithHeader("X-Total-Count", "Orders on all pages.", () => Schemas.WholeNumber(0), 200);
        orders.MapGet("/{id}", FindAsync).WithName("GetOrder").WithSummary("One order")
            .Produces<Order>().ProducesProblems(404, 503).WithOrderId()
            .WithOptionalHeader("X-Read-From", "The writer was away: this is the Region's own copy.", () => Schemas.Choice("reader"), 200);
        orders.MapPost("/{id}/cancel", CancelAsync).WithName("CancelOrder").WithSummary("Cancels an order of the last 30 minutes; safe to repeat")
            .Produces<Order>().ProducesProblems(404, 409, 503).WithOrderId();
    }

    private static async Task<IResult> PlaceAsync(
        OrderForm form, [FromHeader(Name = KeyHeader)] string? key, HttpResponse response, OrderDesk desk, CancellationToken cancellationToken)
    {
        var content = OrderFormCheck.Accept(form);
        if (!TryReadKey(key, out var id))
        {
            return ProblemResult.Invalid(KeyHeader, "must be a UUID");
        }

        switch (await desk.PlaceAsync(id, content, cancellationToken))
        {
            case Placement.Placed placed:
                return TypedResults.Created($"/orders/{id:D}", placed.Order);
            case Placement.Replayed replayed:
                response.Headers["Idempotent-Replay"] = "true";
                response.Headers.Location = $"/orders/{id:D}";
                return TypedResults.Ok(replayed.Order);
            case Placement.Mismatched:
                return ProblemResult.IdempotencyMismatch($"Order {id:D} was placed with this key and is another one.");
            case Placement.Disagreed disagreed:
                return new ProblemResult(new Problem(
                    ProblemTypes.Conflict, "The catalog says otherwise.", 409, "Read the products again and place a new order.", Errors: disagreed.Differences));
            case Placement.Unknown:
                return ProblemResult.Unavailable($"Whether the order was placed is not known. Send it again with {KeyHeader}: {id:D}; it will not be placed twice.");
            case var other:
                throw new InvalidOperationException($"Unexpected placement {other}.");
        }
    }

    private static async Task<IResult> FindAsync(string id, HttpResponse response, IOrderStore store, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var orderId))
        {
            return NotFound();
        }

        try
        {
            return await store.FindAsync(orderId, cancellationToken) is { } found
                ? TypedResults.Ok(found.Order)
                : await store.IsBeingRecoveredAsync(orderId, cancellationToken) ? BeingRecovered() : NotFound();
        }
        catch (DependencyUnavailableException)
        {
            // A copy that does not have the order proves nothing: it may lag behind the writer that has it.
            if (await store.FindCopyAsync(orderId, cancellationToken) is not { } copy)
            {
                throw;
            }

            response.Headers["X-Read-From"] = "reader";
            return TypedResults.Ok(copy);
        }
    }

    private static async Task<IResult> ListAsync(
        string? customerId, string? page, string? size, HttpResponse response, IOrderStore store, OrdersOptions options, CancellationToken cancellationToken)
    {
        var query = OrderQuery.Parse(customerId, page, size);
        if (query.CustomerId is null && !options.ListAll)
        {
            return ProblemResult.Forbidden("Say whose orders: customerId is missing.");
        }

        var found = await store.ListAsync(query, cancellationToken);
        response.Headers["X-Total-Count"] = found.Total.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Ok(found.Orders);
    }

    private static async Task<IResult> CancelAsync(string id, OrderDesk desk, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var orderId))
        {
            return NotFound();
        }

        return await desk.CancelAsync(orderId, cancellationToken) switch
        {
            Cancellation.Cancelled cancelled => TypedResults.Ok(cancelled.Order),
            Cancellation.AlreadyCancelled already => TypedResults.Ok(already.Order),
            Cancellation.TooLate => ProblemResult.Conflict("An order can be cancelled for 30 minutes."),
            Cancellation.NotFound => NotFound(),
            var other => throw new InvalidOperationException($"Unexpected cancellation {other}."),
        };
    }

    private static ProblemResult BeingRecovered() => new(new Problem(
        ProblemTypes.BeingRecovered, "The order is being recovered.", 404,
        "We have your order. It was placed just before a Region failed, and is being brought over. There is no need to order again."));

    private static ProblemResult NotFound() => ProblemResult.NotFound("There is no order with this id.");

    private static bool TryReadKey(string? key, out Guid id)
    {
        if (string.IsNullOrEmpty(key))
        {
            id = Guid.CreateVersion7();
            return true;
        }

        return Guid.TryParseExact(key, "D", out id) && id != Guid.Empty;
    }
}
