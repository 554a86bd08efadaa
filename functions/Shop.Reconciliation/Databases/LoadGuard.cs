using System.Globalization;
using MySqlConnector;

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
    private long _lookedAt;

    /// <summary>How long this guard has held the comparison back.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Called with the reason when a wait begins.</summary>
    public Action<string>? Waiting { get; init; }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_lookedAt != 0 && time.GetElapsedTime(_lookedAt) < LookAgain)
        {
            return;
        }

        while (await BusyAsync(cancellationToken) is { } reason)
        {
            Waiting?.Invoke(reason);
            await Task.Delay(Pause, time, cancellationToken);
            Waited += Pause;
        }

        _lookedAt = time.GetTimestamp();
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private async Task<string?> BusyAsync(CancellationToken cancellationToken)
    {
        if (limits.MaxThreadsRunning > 0 && await NumberAsync("SHOW GLOBAL STATUS LIKE 'Threads_running'", "Value", cancellationToken) is { } running
            && running > limits.MaxThreadsRunning)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{running} statements are running, more than {limits.MaxThreadsRunning}");
        }

        if (limits.MaxLagSeconds > 0 && await NumberAsync("SHOW REPLICA STATUS", "Seconds_Behind", cancellationToken) is { } lag && lag > limits.MaxLagSeconds)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it is {lag} s behind, more than {limits.MaxLagSeconds}");
        }

        return null;
    }

    /// <summary>The number in the column whose name begins so; null where there is none (no replica, not allowed to look).</summary>
    private async Task<long?> NumberAsync(string sql, string column, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        try
        {
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            if (!await row.ReadAsync(cancellationToken))
            {
                return null;
            }

            for (var i = 0; i < row.FieldCount; i++)
            {
                if (row.GetName(i).StartsWith(column, StringComparison.OrdinalIgnoreCase))
                {
                    return long.TryParse(Convert.ToString(row.GetValue(i), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var number) ? number : null;
                }
            }

            return null;
        }
        catch (MySqlException e) when (e.Number == PrivilegeNeeded)
        {
            return null;
        }
    }
}
