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
        app.MapPage("/orders", ListAsync);
        app.MapPage("/orders/{id}", ShowAsync);
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
        await cart;
        return Page.Of<OrdersPage>(
            new OrdersView(listed?.Items, page, Size, listed?.Total, page == 1 ? Recovering(request, visit, listed) : []), complete: listed is not null);
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

    /// <summary>What this browser was told is placed and the store doesn't list: only where the list is whole can that be said.</summary>
    private static IReadOnlyList<Guid> Recovering(HttpRequest request, Visit visit, Listed<Order>? listed)
    {
        if (listed is null || listed.Total > listed.Items.Count)
        {
            return [];
        }

        return [.. Placed.Read(request, visit.SessionId).Except(listed.Items.Select(o => o.Id))];
    }
}
