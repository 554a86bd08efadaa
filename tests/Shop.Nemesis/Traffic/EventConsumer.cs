using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Shop.Nemesis.Checking;
using Shop.Rehearsal.Hosting;

namespace Shop.Nemesis.Traffic;

/// <summary>Who acts on the store's events, in both Regions: keeps each delivery, and acknowledges it when that is done.</summary>
internal sealed class EventConsumer : IAsyncDisposable
{
    private const string Queue = "orders-orders-queue";
    private readonly ConcurrentQueue<Delivery> _deliveries = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _consuming = [];
    private readonly ConcurrentDictionary<string, int> _poison = new();

    public IReadOnlyList<Delivery> Deliveries => [.. _deliveries];

    /// <summary>Messages that are no events of the store; a real consumer would put them aside too.</summary>
    public int PutAside => _poison.Count;

    /// <summary>How many deliveries are thrown away after they were kept and before they are acknowledged: a consumer that dies in between.</summary>
    public int CrashesToCome { get; set; }

    public static EventConsumer Start(RehearsalHost host)
    {
        var consumer = new EventConsumer();
        foreach (var region in host.Options.Regions)
        {
            consumer._consuming.Add(Task.Run(() => consumer.RunAsync(host, region)));
        }

        return consumer;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_consuming);
        _stop.Dispose();
    }

    private async Task RunAsync(RehearsalHost host, string region)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ConsumeAsync(host, region);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The broker is away, or the queue is not there yet: it is tried again.
            }
            catch (OperationCanceledException)
            {
                // Stopped, or crashed on purpose.
            }

            await Task.Delay(500, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConsumeAsync(RehearsalHost host, string region)
    {
        var secret = JsonElement.Parse(host.Region(region).Secrets.Get("shop-broker").Current.Value);
        var factory = new ConnectionFactory
        {
            HostName = "127.0.0.1", Port = host.Parts.RabbitMq.Port, VirtualHost = region, AutomaticRecoveryEnabled = false,
            UserName = secret.GetProperty("username").GetString()!, Password = secret.GetProperty("password").GetString()!,
        };
        await using var connection = await factory.CreateConnectionAsync(_stop.Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: _stop.Token);
        await channel.BasicQosAsync(0, 50, false, _stop.Token);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, _) => Ended();
        channel.ChannelShutdownAsync += (_, _) => Ended();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            if (Read(message, region) is { } delivery)
            {
                _deliveries.Enqueue(delivery);
                if (CrashesToCome > 0)
                {
                    CrashesToCome--;
                    ended.TrySetResult();
                    return;
                }
            }
            else
            {
                _poison.TryAdd(message.BasicProperties.MessageId ?? $"{message.DeliveryTag}", 1);
            }

            await channel.BasicAckAsync(message.DeliveryTag, false);
        };
        consumer.UnregisteredAsync += (_, _) => Ended();
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, _stop.Token);
        await ended.Task.WaitAsync(_stop.Token);

        Task Ended()
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        }
    }

    private static Delivery? Read(BasicDeliverEventArgs message, string region)
    {
        try
        {
            using var body = JsonDocument.Parse(message.Body);
            return new Delivery(
                body.RootElement.GetProperty("eventId").GetGuid(), body.RootElement.GetProperty("order").GetProperty("id").GetGuid(),
                body.RootElement.GetProperty("type").GetString()!, region);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
