using System.Globalization;
using MySqlConnector;
using Shop.Lambda;

namespace Shop.Reconciliation.Databases;

/// <param name="MaxThreadsRunning">More statements than these at work on the server, and the comparison waits. 0: never.</param>
/// <param name="MaxLagSeconds">The server is a replica and further behind than this, and the comparison waits. 0: never.</param>
public sealed record LoadLimits(int MaxThreadsRunning = 25, int MaxLagSeconds = 0)
{
    public static LoadLimits Default { get; } = new();
}

/// <summary>Holds the comparison back while a server is busy: it serves people first.</summary>
internal sealed class LoadGuard(MySqlConnection connection, LoadLimits limits, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private const int PrivilegeNeeded = 1227;
    private const int SyntaxError = 1064;
    private long _lookedAt;

    /// <summary>How long this guard has held the comparison back.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Called with the reason when a wait begins.</summary>
    public Action<string>? Waiting { get; init; }

    /// <summary>No wait goes beyond it: whoever must be done by then is told to come again.</summary>
    public DateTimeOffset Deadline { get; init; } = DateTimeOffset.MaxValue;

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_lookedAt != 0 && time.GetElapsedTime(_lookedAt) < LookAgain)
        {
            return;
        }

        var isWaiting = false;
        while (await BusyAsync(cancellationToken) is { } reason)
        {
            if (!isWaiting)
            {
                Waiting?.Invoke(reason);
                isWaiting = true;
            }

            if (time.GetUtcNow() + Pause >= Deadline)
            {
                throw new ShopException("Shop.ServerBusy", $"The new primary was busy for too long: {reason}.");
            }

            await Task.Delay(Pause, time, cancellationToken);
            Waited += Pause;
        }

        _lookedAt = time.GetTimestamp();
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private async Task<string?> BusyAsync(CancellationToken cancellationToken)
    {
        if (limits.MaxThreadsRunning > 0 && await NumberAsync("SHOW GLOBAL STATUS LIKE 'Threads_running'", "Value", cancellationToken) is (_, { } running)
            && running > limits.MaxThreadsRunning)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{running} statements are running, more than {limits.MaxThreadsRunning}");
        }

        return limits.MaxLagSeconds > 0 ? await BehindAsync(cancellationToken) : null;
    }

    private async Task<string?> BehindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Behind(await ReplicaAsync("SHOW REPLICA STATUS"));
        }
        catch (MySqlException e) when (e.Number == SyntaxError)
        {
            // Before MySQL 8.0.22 and MariaDB 10.5.
            return Behind(await ReplicaAsync("SHOW SLAVE STATUS"));
        }

        Task<(bool IsThere, long? Number)> ReplicaAsync(string sql) => NumberAsync(sql, "Seconds_Behind", cancellationToken);

        string? Behind((bool IsThere, long? Number) lag) => lag switch
        {
            (true, null) => "its replication is stopped, so nobody knows how far it is behind",
            (true, { } seconds) when seconds > limits.MaxLagSeconds => string.Create(CultureInfo.InvariantCulture, $"it is {seconds} s behind, more than {limits.MaxLagSeconds}"),
            _ => null,
        };
    }

    /// <summary>The number in the column whose name begins so, and whether there is such a column at all (no replica, not allowed to look).</summary>
    private async Task<(bool IsThere, long? Number)> NumberAsync(string sql, string column, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        try
        {
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            if (!await row.ReadAsync(cancellationToken))
            {
                return default;
            }

            for (var i = 0; i < row.FieldCount; i++)
            {
                if (row.GetName(i).StartsWith(column, StringComparison.OrdinalIgnoreCase))
                {
                    return (true, long.TryParse(Convert.ToString(row.GetValue(i), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var number) ? number : null);
                }
            }

            return default;
        }
        catch (MySqlException e) when (e.Number == PrivilegeNeeded)
        {
            return default;
        }
    }
}
