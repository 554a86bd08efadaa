using Shop.Rehearsal.Lambda;

namespace Shop.Rehearsal.Hosting;

/// <summary>Invokes the outbox relay over and over, as EventBridge Scheduler does each minute in AWS.</summary>
internal sealed class OutboxSchedule(LocalRegion region)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public async Task RunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (region.Power.IsOn)
            {
                try
                {
                    await region.Lambda.InvokeAsync("shop-relay-outbox", "{}"u8.ToArray(), traceId: null, cancellationToken);
                }
                catch (Exception e) when (e is LambdaServiceException or OperationCanceledException)
                {
                    // The Region is being lost, or stopped; the schedule comes round again.
                }
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
