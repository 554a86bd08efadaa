using MySqlConnector;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Replaying;

/// <summary>Notes in the target what is being recovered, so that a service can tell those who ask for it, and takes the note away when nobody recovers it any more.</summary>
internal sealed class Announcements(MySqlConnection target, AnnouncementTable table, string runId)
{
    private const int Batch = 200;

    public Task WriteAsync(IReadOnlyList<AggregateKey> keys, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", [.. table.Key.Select(SqlQuery.Quote), SqlQuery.Quote(table.Run)]);
        return InBatchesAsync(
            keys,
            (batch, query) =>
            {
                var rows = batch.Select(key => $"({string.Join(", ", [.. key.Parts.Select(p => query.Add(p)), query.Add(runId)])})").ToList();
                // Announced by an earlier run: that one is told of. (IGNORE would cut values to fit, too.)
                return $"INSERT INTO {SqlQuery.Quote(table.Table)} ({columns}) VALUES {string.Join(", ", rows)} "
                    + $"ON DUPLICATE KEY UPDATE {SqlQuery.Quote(table.Run)} = {SqlQuery.Quote(table.Run)}";
            },
            cancellationToken);
    }

    /// <summary>What this run announced: it is back, and speaks for itself, or it will not come.</summary>
    public Task WithdrawAsync(IReadOnlyList<AggregateKey> keys, CancellationToken cancellationToken) => InBatchesAsync(
        keys,
        (batch, query) =>
        {
            var rows = batch.Select(key => $"({string.Join(" AND ", key.Parts.Select((p, i) => $"{SqlQuery.Quote(table.Key[i])} = {query.Add(p)}"))})").ToList();
            return $"DELETE FROM {SqlQuery.Quote(table.Table)} WHERE ({string.Join(" OR ", rows)}) AND {SqlQuery.Quote(table.Run)} = {query.Add(runId)}";
        },
        cancellationToken);

    private async Task InBatchesAsync(
        IReadOnlyList<AggregateKey> keys, Func<IReadOnlyList<AggregateKey>, SqlQuery, string> text, CancellationToken cancellationToken)
    {
        foreach (var batch in keys.Chunk(Batch))
        {
            var query = new SqlQuery();
            query.Text = text(batch, query);
            await using var command = new MySqlCommand(query.Text, target);
            foreach (var (name, value) in query.Parameters)
            {
                command.Parameters.AddWithValue(name, value);
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
