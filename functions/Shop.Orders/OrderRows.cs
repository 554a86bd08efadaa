using System.Globalization;
using MySqlConnector;
using Shop.Contracts;
using Shop.Databases;

namespace Shop.Orders;

/// <summary>Orders and items as rows.</summary>
internal static class OrderRows
{
    // recovered_from is the run that brought an order back. What people are told is which Region had lost it: the one with the writer of that reign,
    // whichever Region the order was placed in.
    public const string Columns = """
        id, customer_id, first_name, last_name, email, created_on, status, region, epoch, currency, subtotal, tax, shipping, total, content_hash,
        IF(recovered_from IS NULL, NULL, COALESCE((SELECT reign.writer_region FROM region_epoch reign WHERE reign.epoch = customer_order.epoch), region)) AS lost_with
        """;

    public const string ItemColumns = "order_id, product_id, name, quantity, unit_cost, total_cost";

    public static MySqlBatchCommand Insert(NewOrder order, long epoch)
    {
        var (content, to) = (order.Content, order.Content.ShippingAddress);
        return new MySqlBatchCommand(
            """
            INSERT INTO customer_order (id, customer_id, first_name, last_name, email, address1, address2, city, state, zip, created_on, updated_at,
              status, region, epoch, currency, subtotal, tax, shipping, total, content_hash)
            VALUES (@id, @customerId, @firstName, @lastName, @email, @address1, @address2, @city, @state, @zip, @createdOn, UTC_TIMESTAMP(6),
              @status, @region, @epoch, @currency, @subtotal, @tax, @shipping, @total, @contentHash)
            """)
        {
            Parameters =
            {
                new("@id", order.Id.ToString("D")),
                new("@customerId", content.CustomerId),
                new("@firstName", content.FirstName),
                new("@lastName", content.LastName),
                new("@email", content.Email),
                new("@address1", to?.Address1),
                new("@address2", to?.Address2),
                new("@city", to?.City),
                new("@state", to?.State),
                new("@zip", to?.Zip),
                new("@createdOn", order.CreatedOn.UtcDateTime),
                new("@status", OrderStatus.Placed),
                new("@region", order.Region),
                new("@epoch", epoch),
                new("@currency", content.Currency),
                new("@subtotal", content.Subtotal),
                new("@tax", content.Tax),
                new("@shipping", content.Shipping),
                new("@total", content.Total),
                new("@contentHash", order.ContentHash),
            },
        };
    }

    public static MySqlBatchCommand InsertItems(NewOrder order)
    {
        var command = new MySqlBatchCommand();
        command.Parameters.Add(new MySqlParameter("@order", order.Id.ToString("D")));
        var rows = order.Content.Items.Select((item, i) =>
        {
            var n = i.ToString(CultureInfo.InvariantCulture);
            command.Parameters.Add(new MySqlParameter($"@product{n}", item.ProductId));
            command.Parameters.Add(new MySqlParameter($"@name{n}", item.Name));
            command.Parameters.Add(new MySqlParameter($"@quantity{n}", item.Quantity));
            command.Parameters.Add(new MySqlParameter($"@unit{n}", item.UnitCost));
            command.Parameters.Add(new MySqlParameter($"@total{n}", item.TotalCost));
            return $"(@order, @product{n}, @name{n}, @quantity{n}, @unit{n}, @total{n}, {n})";
        });
        command.CommandText = $"INSERT INTO customer_order_item ({ItemColumns}, position) VALUES {string.Join(", ", rows)}";
        return command;
    }

    /// <summary>Reads orders from the first result and their items from the next one.</summary>
    public static async Task<List<StoredOrder>> ReadAsync(MySqlDataReader row, CancellationToken cancellationToken)
    {
        var items = new Dictionary<Guid, List<OrderItem>>();
        var orders = new List<StoredOrder>();
        while (await row.ReadAsync(cancellationToken))
        {
            var id = Guid.Parse(row.GetString(0));
            orders.Add(new StoredOrder(ReadOrder(row, id, items[id] = []), row.GetString(14)));
        }

        await row.NextResultAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            if (items.TryGetValue(Guid.Parse(row.GetString(0)), out var ofOrder))
            {
                ofOrder.Add(new OrderItem(row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt64(4), row.GetInt64(5)));
            }
        }

        return orders;
    }

    private static Order ReadOrder(MySqlDataReader row, Guid id, IReadOnlyList<OrderItem> items) => new(
        id,
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        new DateTimeOffset(row.GetDateTime(5)),
        row.GetString(6),
        row.GetString(7),
        row.GetInt64(8),
        row.GetString(9),
        row.GetInt64(10),
        row.GetInt64(11),
        row.GetInt64(12),
        row.GetInt64(13),
        items,
        row.IsDBNull(15) ? null : row.GetString(15));
}
