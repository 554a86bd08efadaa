namespace Shop.Rehearsal.Links;

/// <summary>A link's fault at the moment, and a signal for those who wait for the next one.</summary>
internal sealed class LinkState
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LinkFault Fault { get; private set; } = LinkFault.Pass;

    public void Set(LinkFault fault)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            Fault = fault;
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    /// <summary>Waits until something that was sent at that moment may arrive; the fault may change meanwhile, both ways.</summary>
    /// <param name="held">Called once when it has to wait: whoever gives up meanwhile has met the fault as well.</param>
    public async Task PassAsync(TimeSpan sentAt, bool forth, Func<TimeSpan> clock, Action held, CancellationToken cancellationToken)
    {
        var isHeld = false;
        // Drawn once: a chunk is late by one amount, however often the fault is looked at.
        var late = Random.Shared.NextDouble();
        while (true)
        {
            var (fault, changed) = Snapshot();
            if (fault.IsSilent(forth))
            {
                Hold();
                await changed.WaitAsync(cancellationToken);
                continue;
            }

            var wait = sentAt + fault.Delay + (fault.Jitter * late) - clock();
            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            Hold();
            await Task.WhenAny(changed, Task.Delay(wait, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        void Hold()
        {
            if (!isHeld)
            {
                isHeld = true;
                held();
            }
        }
    }

    private (LinkFault Fault, Task Changed) Snapshot()
    {
        lock (_lock)
        {
            return (Fault, _changed.Task);
        }
    }
}
