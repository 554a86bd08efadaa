using Shop.Aws;
using Shop.Aws.Secrets;
using Shop.Lambda;
using Shop.Lambda.Resilience;
using StackExchange.Redis;

namespace Shop.Checkout;

/// <summary>One connection for the process. It is made on first use, so that a cold start does not need Redis, and mends itself.</summary>
internal sealed class RedisConnection(CheckoutOptions options, ISecrets secrets, TimeProvider time) : IAsyncDisposable
{
    // A rotated password shows only as a connection that stays down: then it is made anew with the secret read again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Circuit _circuit = new("redis", time);
    private readonly SemaphoreSlim _connecting = new(1);
    private ConnectionMultiplexer? _connection;
    private long _connectedAt;

    public Task<T> UseAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken cancellationToken) =>
        _circuit.RunAsync(() => CommandAsync(command, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _connecting.Dispose();
    }

    private async Task<T> CommandAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await ConnectAsync(cancellationToken);
            return await command(connection.GetDatabase()).WaitAsync(cancellationToken);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or AwsException or ObjectDisposedException)
        {
            throw new DependencyUnavailableException("redis", $"Redis did not answer: {e.Message}", e);
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { } known && !IsStale(known))
        {
            return known;
        }

        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { } old)
            {
                if (!IsStale(old))
                {
                    return old;
                }

                await old.DisposeAsync();
            }

            _connection = await ConnectionMultiplexer.ConnectAsync(await ConfigureAsync(refresh: _connection is not null, cancellationToken));
            _connectedAt = time.GetTimestamp();
            return _connection;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private bool IsStale(ConnectionMultiplexer connection) =>
        options.RedisSecretId is not null && !connection.IsConnected && time.GetElapsedTime(_connectedAt) > Patience;

    private async Task<ConfigurationOptions> ConfigureAsync(bool refresh, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationOptions
        {
            EndPoints = { { options.RedisHost, options.RedisPort } },
            Ssl = options.RedisTls,
            // Its messages would name the key, which holds a session's id.
            IncludeDetailInExceptions = false,
            AbortOnConnectFail = false,
            ConnectTimeout = 2000,
            AsyncTimeout = 2000,
            SyncTimeout = 2000,
            ReconnectRetryPolicy = new LinearRetry(500),
            // A shopper gets a clear 503 now rather than an answer after the reconnect.
            BacklogPolicy = BacklogPolicy.FailFast,
        };
        if (options.RedisSecretId is { } id)
        {
            var secret = await secrets.GetAsync(id, refresh, cancellationToken);
            configuration.User = secret.Username;
            configuration.Password = secret.Password;
        }

        return configuration;
    }
}
