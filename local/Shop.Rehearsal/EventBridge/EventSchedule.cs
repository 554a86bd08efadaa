namespace Shop.Rehearsal.EventBridge;

/// <summary>Lets the scheduled rules of a bus go off: first when their interval has passed once, as EventBridge does.</summary>
internal sealed class EventSchedule(EventBus bus, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, DateTimeOffset> _due = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            foreach (var rule in bus.Rules.Where(r => r is { IsEnabled: true, Rate: not null }))
            {
                if (!_due.TryGetValue(rule.Name, out var at))
                {
                    _due[rule.Name] = now + rule.Rate!.Value;
                }
                else if (now >= at)
                {
                    _due[rule.Name] = now + rule.Rate!.Value;
                    bus.GoOff(rule);
                }
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
