using MySqlConnector;
using Shop.Aws.Secrets;
using Shop.Lambda;
using Shop.Lambda.Resilience;

namespace Shop.Databases;

/// <summary>Runs work on a connection to the writer or the reader, and says <see cref="DependencyUnavailableException"/> when there is none to be had.</summary>
public sealed class MySqlDatabase(DatabaseOptions options, ISecrets secrets, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CommitLimit = TimeSpan.FromSeconds(5);

    // Two, for they fail apart: after the loss of the writer's Region a reader still answers.
    private readonly Circuit _writer = new($"database {options.Name}", time);
    private readonly Circuit _reader = new($"database {options.Name}", time);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Pools? _pools;

    public string Name => options.Name;

    public Task<T> WriteAsync<T>(Func<MySqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        _writer.RunAsync(() => InTimeAsync(token => RunAsync(pools => pools.Writer, options.Writer, isRead: false, work, token), options.Writer, cancellationToken));

    public Task<T> ReadAsync<T>(Func<MySqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        _reader.RunAsync(() => InTimeAsync(token => RunAsync(pools => pools.Reader, options.Reader, isRead: true, work, token), options.Reader, cancellationToken));

    /// <summary>Commits, or throws <see cref="CommitUnknownException"/> when nobody can say whether it did.</summary>
    public async Task CommitAsync(MySqlTransaction transaction)
    {
        try
        {
            // Not the caller's token: giving up in the middle of COMMIT only makes its outcome unknown.
            await transaction.CommitAsync(CancellationToken.None).WaitAsync(CommitLimit, time);
        }
        catch (Exception e)
        {
            throw new CommitUnknownException(options.Name, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _pools, null) is { } pools)
        {
            await pools.DisposeAsync();
        }

        _gate.Dispose();
    }

    /// <summary>No client waits longer, whatever the driver does with a server that has fallen silent: it has time-outs for statements, none for its own farewells.</summary>
    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> run, DatabaseEndpoint address, CancellationToken cancellationToken)
    {
        if (options.OperationLimit is not { } limit)
        {
            return await run(cancellationToken);
        }

        // What is given up on must not go on later, when the server is heard again.
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        givenUp.CancelAfter(limit);
        try
        {
            return await run(givenUp.Token).WaitAsync(limit + Farewell, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Forget();
            throw Unavailable(address, new TimeoutException($"no answer within {limit.TotalSeconds:0} s", e));
        }
    }

    /// <summary>Lets go of all connections without waiting for any of them.</summary>
    private void Forget()
    {
        if (Interlocked.Exchange(ref _pools, null) is { } pools)
        {
            _ = pools.DisposeAsync().AsTask();
        }
    }

    private async Task<T> RunAsync<T>(
        Func<Pools, Pool> endpoint, DatabaseEndpoint address, bool isRead, Func<MySqlConnection, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var (pool, opened) = await OpenAsync(endpoint, address, cancellationToken);
            await using var connection = opened;
            try
            {
                return await work(connection, cancellationToken);
            }
            catch (MySqlException e) when (e.IsNotTheWriter() && attempt == 1)
            {
                // The statement was refused, so nothing happened: the pool may hold a connection from before the writer moved.
                pool.Clear();
            }
            catch (CommitUnknownException)
            {
                pool.Clear();
                throw;
            }
            catch (Exception e) when (isRead && attempt == 1 && time.GetElapsedTime(started) < AtOnce && DatabaseFailures.MeansUnavailable(e, connection))
            {
                // A kept connection had been closed: a read may be tried on a new one, nothing happens twice.
                pool.Clear();
            }
            catch (Exception e) when (DatabaseFailures.MeansUnavailable(e, connection))
            {
                pool.Clear();
                throw Unavailable(address, e);
            }
        }
    }

    private async Task<(Pool Pool, MySqlConnection Connection)> OpenAsync(
        Func<Pools, Pool> endpoint, DatabaseEndpoint address, CancellationToken cancellationToken)
    {
        try
        {
            var pools = await PoolsAsync(refused: null, cancellationToken);
            try
            {
                return (endpoint(pools), await endpoint(pools).OpenAsync(cancellationToken));
            }
            catch (MySqlException e) when (e.IsAccessDenied())
            {
                pools = await PoolsAsync(refused: pools, cancellationToken);
                return (endpoint(pools), await endpoint(pools).OpenAsync(cancellationToken));
            }
        }
        catch (Exception e) when (e is not (OperationCanceledException or ShopException))
        {
            throw Unavailable(address, e);
        }
    }

    private async Task<Pools> PoolsAsync(Pools? refused, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _pools) is { } current && current != refused)
        {
            return current;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_pools is { } made && made != refused)
            {
                return made;
            }

            var secret = await secrets.GetAsync(options.SecretId, refresh: refused is not null, cancellationToken);
            // The refused pools are left to their users: a request that still runs on them finishes.
            return _pools = new Pools(options, secret);
        }
        finally
        {
            _gate.Release();
        }
    }

    private DependencyUnavailableException Unavailable(DatabaseEndpoint address, Exception e) =>
        new($"database {options.Name}", $"Database {options.Name} at {address} is unavailable: {e.Message}", e);
}
