using System.Diagnostics;
using MySqlConnector;

namespace Shop.Databases;

/// <summary>The connections to one endpoint.</summary>
internal sealed class Pool(MySqlDataSource source) : IAsyncDisposable
{
    // A function may have been frozen since its last request, and its connections may have died meanwhile.
    private static readonly TimeSpan IdleBeforePing = TimeSpan.FromSeconds(1);
    private long _lastUse = Stopwatch.GetTimestamp();

    public async Task<MySqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var idle = Stopwatch.GetElapsedTime(Interlocked.Exchange(ref _lastUse, Stopwatch.GetTimestamp()));
        var connection = await source.OpenConnectionAsync(cancellationToken);
        if (idle < IdleBeforePing || await connection.PingAsync(cancellationToken))
        {
            return connection;
        }

        await MySqlConnection.ClearPoolAsync(connection, cancellationToken);
        await connection.DisposeAsync();
        return await source.OpenConnectionAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
