using System.Globalization;
using MySqlConnector;

namespace Shop.Databases.Outbox;

/// <summary>The <c>outbox</c> table: written in the transaction of the change, emptied by the relay.</summary>
public static class OutboxTable
{
    /// <summary>The insert of an event, for the batch that writes what it tells of.</summary>
    public static MySqlBatchCommand Insert(OutboxEvent outboxEvent) => new(
        "INSERT INTO outbox (event_id, order_id, type, occurred_on, body, correlation_id) VALUES (@eventId, @orderId, @type, @occurredOn, @body, @correlationId)")
    {
        Parameters =
        {
            new("@eventId", outboxEvent.EventId.ToString("D")),
            new("@orderId", outboxEvent.OrderId.ToString("D")),
            new("@type", outboxEvent.Type),
            new("@occurredOn", outboxEvent.OccurredOn.UtcDateTime),
            new("@body", outboxEvent.Body),
            new("@correlationId", outboxEvent.CorrelationId),
        },
    };

    /// <summary>The oldest events that are not sent, locked; those another relay holds are passed over.</summary>
    internal static async Task<List<OutboxEvent>> TakeAsync(
        MySqlConnection connection, MySqlTransaction transaction, int limit, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            """
            SELECT event_id, order_id, type, occurred_on, body, correlation_id FROM outbox
            WHERE sent_at IS NULL ORDER BY occurred_on, event_id LIMIT @limit FOR UPDATE SKIP LOCKED
            """,
            connection,
            transaction);
        command.Parameters.AddWithValue("@limit", limit);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<OutboxEvent>();
        while (await row.ReadAsync(cancellationToken))
        {
            events.Add(new OutboxEvent(
                Guid.Parse(row.GetString(0)), Guid.Parse(row.GetString(1)), row.GetString(2), new DateTimeOffset(row.GetDateTime(3)), row.GetString(4),
                row.IsDBNull(5) ? null : row.GetString(5)));
        }

        return events;
    }

    internal static async Task MarkSentAsync(
        MySqlConnection connection, MySqlTransaction? transaction, IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken)
    {
        var names = events.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"@e{i}")).ToArray();
        await using var command = new MySqlCommand(
            $"UPDATE outbox SET sent_at = UTC_TIMESTAMP(6) WHERE sent_at IS NULL AND event_id IN ({string.Join(',', names)})", connection, transaction);
        for (var i = 0; i < names.Length; i++)
        {
            command.Parameters.AddWithValue(names[i], events[i].EventId.ToString("D"));
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static async Task<long> CountPendingAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand("SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL", connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }
}
