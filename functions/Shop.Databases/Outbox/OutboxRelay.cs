using MySqlConnector;

namespace Shop.Databases.Outbox;

/// <summary>Sends what the outbox holds, at least once and with the same event id each time; several may run at once.</summary>
public sealed class OutboxRelay(MySqlDatabase database, IEventPublisher publisher)
{
    private const int BatchSize = 100;

    /// <summary>Relays until nothing is left that no other relay holds.</summary>
    public async Task<RelayResult> RelayAsync(CancellationToken cancellationToken)
    {
        var published = 0;
        int batch;
        do
        {
            batch = await database.WriteAsync(RelayBatchAsync, cancellationToken);
            published += batch;
        }
        while (batch == BatchSize);

        return new RelayResult(published, await database.WriteAsync(OutboxTable.CountPendingAsync, cancellationToken));
    }

    /// <summary>Sends events that were just committed, without waiting for the next relay.</summary>
    public async Task PublishNowAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken)
    {
        await publisher.PublishAsync(events, cancellationToken);
        await database.WriteAsync(
            async (connection, token) =>
            {
                await OutboxTable.MarkSentAsync(connection, null, events, token);
                return events.Count;
            },
            cancellationToken);
    }

    private async Task<int> RelayBatchAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginAsync(cancellationToken);
        var events = await OutboxTable.TakeAsync(connection, transaction, BatchSize, cancellationToken);
        if (events.Count > 0)
        {
            // Marked first: a database that refuses writes must not make the relay send the same events again and again.
            await OutboxTable.MarkSentAsync(connection, transaction, events, cancellationToken);
            await publisher.PublishAsync(events, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return events.Count;
    }
}
