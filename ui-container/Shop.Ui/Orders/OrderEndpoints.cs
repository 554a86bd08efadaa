using System.Globalization;
using Shop.Contracts;
using Shop.Ui.Backends;
using Shop.Ui.Http;
using Shop.Ui.Visits;

namespace Shop.Ui.Orders;

/// <summary><c>Orders</c> is null while they can't be read.</summary>
public sealed record OrdersView(IReadOnlyList<Order>? Orders, int Page, int Size, int? Total, IReadOnlyList<Guid> Recovering)
{
    public int Pages => Total is { } total ? Math.Max(1, (total + Size - 1) / Size) : Orders?.Count == Size ? Page + 1 : Page;
}

internal static class OrderEndpoints
{
    private const int Size = 10;

    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/orders", Page.Reading, ListAsync);
        app.MapMethods("/orders/{id}", Page.Reading, ShowAsync);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, Visit visit, OrdersClient orders, CancellationToken cancellationToken)
    {
        var text = request.Query["page"].ToString() is { Length: > 0 } asked ? asked : "1";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) || page is < 1 or > 1_000_000)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var cart = visit.CartAsync(cancellationToken);
        var none = new Listed<Order>([], 0);
        var listed = visit.IsNew ? none : await orders.ListAsync(visit.SessionId, page, Size, cancellationToken).OrNothing();
        var missing = page == 1 && listed is not null ? await MissingAsync(request, visit, listed, orders, cancellationToken) : Missing.Nothing;
        await cart;
        return Page.Of<OrdersPage>(
            new OrdersView(listed is null ? null : [.. missing.Found, .. listed.Items], page, Size, listed?.Total, missing.Lost), complete: listed is not null);
    }

    private static async Task<IResult> ShowAsync(string id, HttpRequest request, Visit visit, OrdersClient orders, CancellationToken cancellationToken)
    {
        var cart = visit.CartAsync(cancellationToken);
        var order = Guid.TryParseExact(id, "D", out var key) && !visit.IsNew ? await orders.FindAsync(key, visit.SessionId, cancellationToken) : null;
        await cart;
        if (order is not null)
        {
            return Page.Of<OrderPage>(order);
        }

        return key != Guid.Empty && Placed.Read(request, visit.SessionId).Contains(key)
            ? Page.Of<RecoveringPage>(key, StatusCodes.Status404NotFound)
            : Page.Of<OrderNotFoundPage>(status: StatusCodes.Status404NotFound);
    }

    /// <summary>
    /// What this browser was told is placed and the list lacks. The list may be a little behind, so each is asked for by itself; only where the list is whole
    /// can anything be missing from it.
    /// </summary>
    private static async Task<Missing> MissingAsync(
        HttpRequest request, Visit visit, Listed<Order> listed, OrdersClient orders, CancellationToken cancellationToken)
    {
        if (listed.Total > listed.Items.Count)
        {
            return Missing.Nothing;
        }

        var ids = Placed.Read(request, visit.SessionId).Except(listed.Items.Select(o => o.Id)).ToList();
        try
        {
            var found = await Task.WhenAll(ids.Select(id => orders.FindAsync(id, visit.SessionId, cancellationToken)));
            return new Missing([.. found.OfType<Order>()], [.. ids.Except(found.OfType<Order>().Select(o => o.Id))]);
        }
        catch (BackendUnavailableException)
        {
            return Missing.Nothing;
        }
    }

    private sealed record Missing(IReadOnlyList<Order> Found, IReadOnlyList<Guid> Lost)
    {
        public static readonly Missing Nothing = new([], []);
    }
}
