using RabbitMQ.Client;
using Shop.Contracts;
using Shop.Databases.Outbox;
using Shop.Lambda;

namespace Shop.Orders.Events;

/// <summary>Publishes to the orders exchange over one connection, which lives as long as the function's process.</summary>
internal sealed class RabbitPublisher(RabbitConnector connector) : IEventPublisher, IAsyncDisposable
{
    // A broker that is short of memory or disk accepts a connection and never confirms.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private RabbitLink? _link;

    public Task PublishAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken) =>
        UseAsync(
            (link, token) => Task.WhenAll(events.Select(e => link.PublishAsync(e, token))),
            cancellationToken);

    /// <summary>Throws when the broker can't be used.</summary>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        UseAsync((link, token) => link.Channel.ExchangeDeclarePassiveAsync(OrderEvent.Exchange, token), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _gate.Dispose();
    }

    private async Task UseAsync(Func<RabbitLink, CancellationToken, Task> use, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await _gate.WaitAsync(limit.Token);
        try
        {
            await UseOnceOrTwiceAsync(use, limit.Token);
        }
        catch (Exception e)
        {
            await CloseAsync();
            if (cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            throw new DependencyUnavailableException("broker", $"The broker could not be used: {e.Message}", e);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task UseOnceOrTwiceAsync(Func<RabbitLink, CancellationToken, Task> use, CancellationToken cancellationToken)
    {
        if (_link is { Channel.IsOpen: true } link)
        {
            try
            {
                await use(link, cancellationToken);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The process may have been frozen for so long that the broker has hung up.
                await CloseAsync();
            }
        }

        await CloseAsync();
        _link = await connector.ConnectAsync(cancellationToken);
        await use(_link, cancellationToken);
    }

    private async Task CloseAsync()
    {
        if (_link is { } link)
        {
            _link = null;
            await link.DisposeAsync();
        }
    }
}
