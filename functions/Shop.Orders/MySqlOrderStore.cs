using System.Globalization;
using MySqlConnector;
using Shop.Contracts;
using Shop.Databases;
using Shop.Databases.Outbox;
using Shop.Lambda;
using Shop.Orders.Events;
using Shop.Orders.Reigns;

namespace Shop.Orders;

/// <summary>Orders in MySQL. Writes and single orders go to the writer, lists to this Region's reader.</summary>
internal sealed class MySqlOrderStore(MySqlDatabase database, IReigns reigns) : IOrderStore
{
    private const int DeadlockAttempts = 3;

    public async Task<Insertion> InsertAsync(NewOrder order, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.WriteAsync((connection, token) => InsertAsync(connection, order, token), cancellationToken);
            }
            catch (DependencyUnavailableException e)
                when (attempt < DeadlockAttempts && e.InnerException is MySqlException inner && inner.IsDeadlock())
            {
                // Requests with the same key can lock each other out when the first of them rolls back.
            }
        }
    }

    public async Task<StoredOrder?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await database.WriteAsync((connection, token) => FindAsync(connection, null, id, "", token), cancellationToken);

    public Task<bool> IsBeingRecoveredAsync(Guid id, CancellationToken cancellationToken) => database.WriteAsync(
        async (connection, token) =>
        {
            await using var command = new MySqlCommand("SELECT 1 FROM order_recovery WHERE order_id = @id", connection);
            command.Parameters.AddWithValue("@id", id.ToString("D"));
            return await command.ExecuteScalarAsync(token) is not null;
        },
        cancellationToken);

    public async Task<Order?> FindCopyAsync(Guid id, CancellationToken cancellationToken) =>
        (await database.ReadAsync((connection, token) => FindAsync(connection, null, id, "", token), cancellationToken))?.Order;

    public Task<OrderPage> ListAsync(OrderQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync((connection, token) => ListAsync(connection, query, token), cancellationToken);

    public Task<Cancellation> CancelAsync(Guid id, DateTimeOffset on, Func<Order, bool> mayCancel, CancellationToken cancellationToken) =>
        database.WriteAsync<Cancellation>(
            async (connection, token) =>
            {
                var newest = reigns.NewestAsync(token);
                await using var transaction = await connection.BeginAsync(token);
                await RefuseFormerReignAsync(await ReadEpochAsync(connection, transaction, "", token), newest);
                var found = await FindAsync(connection, transaction, id, "FOR UPDATE", token);
                switch (found?.Order)
                {
                    case null:
                        return new Cancellation.NotFound();
                    case { Status: OrderStatus.Cancelled } order:
                        return new Cancellation.AlreadyCancelled(order);
                    case var order when !mayCancel(order):
                        return new Cancellation.TooLate(order);
                    case var order:
                        var cancelled = order with { Status = OrderStatus.Cancelled };
                        var outboxEvent = OrderEvents.Cancelled(cancelled, on);
                        await using (var batch = new MySqlBatch(connection, transaction))
                        {
                            batch.BatchCommands.Add(new MySqlBatchCommand("UPDATE customer_order SET status = @status WHERE id = @id")
                            {
                                Parameters = { new("@status", OrderStatus.Cancelled), new("@id", id.ToString("D")) },
                            });
                            batch.BatchCommands.Add(OutboxTable.Insert(outboxEvent));
                            await batch.ExecuteNonQueryAsync(token);
                        }

                        await database.CommitAsync(transaction);
                        return new Cancellation.Cancelled(cancelled, outboxEvent);
                }
            },
            cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => database.WriteAsync(ReadEpochAsync, cancellationToken);

    private async Task<Insertion> InsertAsync(MySqlConnection connection, NewOrder order, CancellationToken cancellationToken)
    {
        // Asked while the database works, looked at before anything is kept.
        var newest = reigns.NewestAsync(cancellationToken);
        await using var transaction = await connection.BeginAsync(cancellationToken);
        var placed = order.Under(await ReadEpochAsync(connection, transaction, "LOCK IN SHARE MODE", cancellationToken));
        var outboxEvent = OrderEvents.Created(placed);
        try
        {
            // One round trip for all three: the writer may be in the other Region.
            await using var batch = new MySqlBatch(connection, transaction);
            batch.BatchCommands.Add(OrderRows.Insert(order, placed.Epoch));
            batch.BatchCommands.Add(OrderRows.InsertItems(order));
            batch.BatchCommands.Add(OutboxTable.Insert(outboxEvent));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (MySqlException e) when (e.IsDuplicateKey())
        {
            // An order that slipped in on a deposed writer must not be confirmed by its retry either.
            await RefuseFormerReignAsync(placed.Epoch, newest);
            return new Insertion.Exists();
        }

        await RefuseFormerReignAsync(placed.Epoch, newest);
        await database.CommitAsync(transaction);
        return new Insertion.Inserted(placed, outboxEvent);
    }

    /// <summary>A writer that was deposed and doesn't know it takes writes that nobody will find: no client must be told they were kept.</summary>
    private async Task RefuseFormerReignAsync(long epoch, Task<long> newest)
    {
        if (await newest is var current && epoch < current)
        {
            throw new DependencyUnavailableException(
                $"database {database.Name}", $"The writer of {database.Name} reached here is of epoch {epoch}; epoch {current} has begun elsewhere.");
        }
    }

    private Task<long> ReadEpochAsync(MySqlConnection connection, CancellationToken cancellationToken) =>
        ReadEpochAsync(connection, null, "", cancellationToken);

    private async Task<long> ReadEpochAsync(MySqlConnection connection, MySqlTransaction? transaction, string locking, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand($"SELECT epoch FROM region_epoch ORDER BY epoch DESC LIMIT 1 {locking}", connection, transaction);
        return await command.ExecuteScalarAsync(cancellationToken) is { } epoch
            ? Convert.ToInt64(epoch, CultureInfo.InvariantCulture)
            : throw new DependencyUnavailableException($"database {database.Name}", "region_epoch is empty: the migration has not run.");
    }

    private static async Task<StoredOrder?> FindAsync(
        MySqlConnection connection, MySqlTransaction? transaction, Guid id, string locking, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            $"""
            SELECT {OrderRows.Columns} FROM customer_order WHERE id = @id {locking};
            SELECT {OrderRows.ItemColumns} FROM customer_order_item WHERE order_id = @id ORDER BY position
            """,
            connection,
            transaction);
        command.Parameters.AddWithValue("@id", id.ToString("D"));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return (await OrderRows.ReadAsync(row, cancellationToken)).SingleOrDefault();
    }

    private static async Task<OrderPage> ListAsync(MySqlConnection connection, OrderQuery query, CancellationToken cancellationToken)
    {
        var filter = query.CustomerId is null ? "" : "WHERE customer_id = @customer";
        var page = $"SELECT {OrderRows.Columns} FROM customer_order {filter} ORDER BY created_on DESC, id DESC LIMIT @size OFFSET @skip";
        await using var command = new MySqlCommand(
            $"""
            {page};
            SELECT i.order_id, i.product_id, i.name, i.quantity, i.unit_cost, i.total_cost
            FROM ({page}) o JOIN customer_order_item i ON i.order_id = o.id ORDER BY i.order_id, i.position;
            SELECT COUNT(*) FROM customer_order {filter}
            """,
            connection);
        command.Parameters.AddWithValue("@customer", query.CustomerId);
        command.Parameters.AddWithValue("@size", query.Size);
        command.Parameters.AddWithValue("@skip", query.Skip);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var orders = await OrderRows.ReadAsync(row, cancellationToken);
        await row.NextResultAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new OrderPage([.. orders.Select(o => o.Order)], row.GetInt64(0));
    }
}
