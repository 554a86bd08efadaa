using MySqlConnector;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Replaying;

/// <summary>Notes in the target what is being recovered, so that a service can tell those who ask for it.</summary>
internal static class Announcements
{
    private const int Batch = 200;

    public static async Task WriteAsync(
        MySqlConnection target, AnnouncementTable table, string runId, IReadOnlyList<AggregateKey> keys, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", [.. table.Key.Select(SqlQuery.Quote), SqlQuery.Quote(table.Run)]);
        foreach (var batch in keys.Chunk(Batch))
        {
            var query = new SqlQuery();
            var rows = batch.Select(key => $"({string.Join(", ", [.. key.Parts.Select(p => query.Add(p)), query.Add(runId)])})").ToList();
            // Announced by an earlier run: that one is told of.
            query.Text = $"INSERT IGNORE INTO {SqlQuery.Quote(table.Table)} ({columns}) VALUES {string.Join(", ", rows)}";
            await using var command = new MySqlCommand(query.Text, target);
            foreach (var (name, value) in query.Parameters)
            {
                command.Parameters.AddWithValue(name, value);
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
