using System.Diagnostics;
using MySqlConnector;

namespace Shop.Databases;

/// <summary>The connections to one endpoint.</summary>
internal sealed class Pool(MySqlDataSourceBuilder builder) : IAsyncDisposable
{
    // A function may have been frozen since its last request, and its connections may have died meanwhile.
    private static readonly TimeSpan IdleBeforePing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(1);
    private MySqlDataSource _source = builder.Build();
    private long _lastUse = Stopwatch.GetTimestamp();

    public async Task<MySqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var idle = Stopwatch.GetElapsedTime(Interlocked.Exchange(ref _lastUse, Stopwatch.GetTimestamp()));
        var connection = await OpenNowAsync(cancellationToken);
        if (idle < IdleBeforePing || await IsAliveAsync(connection, cancellationToken))
        {
            return connection;
        }

        await connection.DisposeAsync();
        Clear();
        return await OpenNowAsync(cancellationToken);
    }

    /// <summary>Lets go of every connection, those in use when they come back. Doesn't wait for their end: a silent server never confirms one.</summary>
    /// <remarks>MySqlConnection.ClearPool finds pools by connection string and would miss a data source's own.</remarks>
    public void Clear() => _ = Interlocked.Exchange(ref _source, builder.Build()).DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    // The driver would wait for the answer for as long as TCP does.
    private static async Task<bool> IsAliveAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.PingAsync(cancellationToken).WaitAsync(PingLimit, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<MySqlConnection> OpenNowAsync(CancellationToken cancellationToken)
    {
        var source = Volatile.Read(ref _source);
        try
        {
            return await source.OpenConnectionAsync(cancellationToken);
        }
        catch (ObjectDisposedException) when (source != Volatile.Read(ref _source))
        {
            // Another request has just cleared it.
            return await _source.OpenConnectionAsync(cancellationToken);
        }
    }
}
