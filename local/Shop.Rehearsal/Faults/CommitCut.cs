using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Links;

namespace Shop.Rehearsal.Faults;

/// <summary>Lets the next commit through to the server and its answer be lost: the server has committed, the client never saw the OK.</summary>
/// <remarks>
/// The line is encrypted, so the server itself is asked when a commit has come; it is made to wait a little for others to join it, as the
/// group commit of the binary log allows, so that there is time to silence the way back.
/// </remarks>
internal static class CommitCut
{
    private const string Waiting = "SELECT COUNT(*) FROM information_schema.processlist WHERE user NOT IN ('root', 'system user') AND LOWER(info) LIKE 'commit%'";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <returns>Whether a commit came, was kept by the server, and lost its answer.</returns>
    public static async Task<bool> NextAsync(MariaDbServer writer, FaultProxy line, TimeSpan patience, CancellationToken cancellationToken)
    {
        await writer.ExecuteAsync("SET GLOBAL binlog_commit_wait_usec=1500000; SET GLOBAL binlog_commit_wait_count=100", cancellationToken);
        try
        {
            if (!await UntilAsync(waiting => waiting > 0, writer, patience, cancellationToken))
            {
                return false;
            }

            line.Fault = LinkFault.SilentBack;
            var committed = await UntilAsync(waiting => waiting == 0, writer, TimeSpan.FromSeconds(10), cancellationToken);
            line.ResetConnections();
            return committed;
        }
        finally
        {
            line.Fault = LinkFault.Pass;
            await writer.ExecuteAsync("SET GLOBAL binlog_commit_wait_count=0; SET GLOBAL binlog_commit_wait_usec=100000", CancellationToken.None);
        }
    }

    private static async Task<bool> UntilAsync(Func<long, bool> reached, MariaDbServer writer, TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!reached(await writer.ScalarAsync<long>(Waiting, cancellationToken)))
        {
            if (TimeProvider.System.GetElapsedTime(start) > patience)
            {
                return false;
            }

            await Task.Delay(Look, cancellationToken);
        }

        return true;
    }
}
