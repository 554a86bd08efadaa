using Microsoft.Extensions.Logging;
using Shop.Databases.Outbox;

namespace Shop.Orders.Events;

/// <summary>Sends an event right after its commit, as long as that costs the client little; the relay does the rest.</summary>
internal sealed class PromptPublisher(OutboxRelay relay, TimeProvider time, ILogger<PromptPublisher> log)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);
    private long _pausedUntil;

    public async Task TryPublishAsync(OutboxEvent outboxEvent)
    {
        if (time.GetUtcNow().UtcTicks < Interlocked.Read(ref _pausedUntil))
        {
            return;
        }

        // Not the request's token: the order stands, whether its client still listens or not.
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            // The driver does not look at the token everywhere.
            await relay.PublishNowAsync([outboxEvent], limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception e)
        {
            Interlocked.Exchange(ref _pausedUntil, (time.GetUtcNow() + PauseAfterFailure).UtcTicks);
            Log.LeftToRelay(log, outboxEvent.EventId, e);
        }
    }
}
