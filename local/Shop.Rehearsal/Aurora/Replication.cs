using Shop.Rehearsal.Engines;

namespace Shop.Rehearsal.Aurora;

/// <summary>The statements by which servers follow, lead and change places.</summary>
internal static class Replication
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    /// <summary>Follows a writer through a link, from a position that the server's data has already reached.</summary>
    public static Task FollowAsync(MariaDbServer replica, int linkPort, string position, string password, CancellationToken cancellationToken) =>
        replica.ExecuteAsync(
            $"""
            SET GLOBAL gtid_slave_pos='{position}';
            CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT={linkPort}, MASTER_USER='{Accounts.Replication}', MASTER_PASSWORD='{password}',
              MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=1, MASTER_HEARTBEAT_PERIOD=1, MASTER_SSL=1;
            START SLAVE;
            """, cancellationToken);

    /// <summary>Follows the writer that it followed before, from where it stopped.</summary>
    public static Task ResumeAsync(MariaDbServer replica, CancellationToken cancellationToken) => replica.ExecuteAsync("START SLAVE", cancellationToken);

    /// <summary>Applies what has been received and opens the server for writes. Needs nothing of the old writer.</summary>
    /// <returns>The position that the server had reached: everything after it exists only on the old writer.</returns>
    public static async Task<string> PromoteAsync(MariaDbServer replica, CancellationToken cancellationToken)
    {
        // Before anything is touched: with both threads stopped, the server throws away what it has received when it is started again.
        await RequireApplyAsync(replica, cancellationToken);
        // Nothing more comes in, so that the end of the relay log stays where it is.
        await replica.ExecuteAsync("STOP SLAVE IO_THREAD", cancellationToken);
        await ApplyRelayLogAsync(replica, cancellationToken);
        var position = await PositionAsync(replica, cancellationToken);
        await replica.ExecuteAsync("STOP SLAVE; RESET SLAVE ALL; SET GLOBAL read_only=0", cancellationToken);
        return position;
    }

    /// <summary>Closes the server for writes and returns its last position; waits for commits that are under way.</summary>
    public static async Task<string> FenceAsync(MariaDbServer writer, CancellationToken cancellationToken)
    {
        await writer.ExecuteAsync("SET GLOBAL read_only=1", cancellationToken);
        return await CurrentAsync(writer, cancellationToken);
    }

    public static async Task<bool> CatchUpAsync(MariaDbServer replica, string position, TimeSpan limit, CancellationToken cancellationToken) =>
        await replica.ScalarAsync<int>($"SELECT MASTER_GTID_WAIT('{position}', {limit.TotalSeconds:0.###})", cancellationToken) == 0;

    public static async Task<string> PositionAsync(MariaDbServer replica, CancellationToken cancellationToken) =>
        await replica.ScalarAsync<string>("SELECT @@GLOBAL.gtid_slave_pos", cancellationToken) ?? "";

    /// <summary>The last transaction that a server holds, written by itself or received: one that was rebuilt has no log of its own until it writes.</summary>
    public static async Task<string> CurrentAsync(MariaDbServer server, CancellationToken cancellationToken) =>
        await server.ScalarAsync<string>("SELECT @@GLOBAL.gtid_current_pos", cancellationToken) ?? "";

    private static async Task<IReadOnlyDictionary<string, string?>> RequireApplyAsync(MariaDbServer replica, CancellationToken cancellationToken)
    {
        var status = await replica.RowAsync("SHOW SLAVE STATUS", cancellationToken);
        return status.Count > 0 && status["Slave_SQL_Running"] == "Yes"
            ? status
            : throw new InvalidOperationException($"{replica.Name} can't apply what it received: {status.GetValueOrDefault("Last_SQL_Error")}");
    }

    private static async Task ApplyRelayLogAsync(MariaDbServer replica, CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = await RequireApplyAsync(replica, cancellationToken);

            // The same text since MySQL 5; with GTIDs there is no other sign that the last event has been applied.
            if (status["Slave_SQL_Running_State"]?.Contains("has read all relay log", StringComparison.Ordinal) == true)
            {
                return;
            }

            await Task.Delay(Poll, cancellationToken);
        }
    }
}
