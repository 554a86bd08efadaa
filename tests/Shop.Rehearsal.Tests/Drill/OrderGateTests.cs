using Shop.Rehearsal.Drill;

namespace Shop.Rehearsal.Tests.Drill;

public sealed class OrderGateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly OrderGate _gate = new();

    [Fact]
    public async Task A_closed_gate_waits_for_orders_on_the_way_and_lets_none_in()
    {
        await _gate.EnterAsync(TestContext.Current.CancellationToken);
        var closing = _gate.CloseAsync(Patience, TestContext.Current.CancellationToken);
        var next = _gate.EnterAsync(TestContext.Current.CancellationToken);

        Assert.False(closing.IsCompleted);
        _gate.Leave(acknowledged: true);
        await closing;
        Assert.False(next.IsCompleted);

        _gate.Open();
        await next;
    }

    [Fact]
    public async Task Exactly_the_permitted_number_is_acknowledged_even_when_some_attempts_fail()
    {
        await _gate.CloseAsync(Patience, TestContext.Current.CancellationToken);
        _gate.Open(permits: 20);
        var acknowledged = 0;
        using var stop = new CancellationTokenSource();
        var lanes = Enumerable.Range(0, 6).Select(lane => Task.Run(async () =>
        {
            for (var attempt = 0; ; attempt++)
            {
                await _gate.EnterAsync(stop.Token);
                await Task.Yield();
                var works = (attempt + lane) % 3 != 0;
                if (works)
                {
                    Interlocked.Increment(ref acknowledged);
                }

                _gate.Leave(works);
            }
        })).ToList();

        await _gate.UsedUpAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(20, acknowledged);
        await stop.CancelAsync();
        await Task.WhenAll(lanes.Select(l => Assert.ThrowsAnyAsync<OperationCanceledException>(() => l)));
    }

    [Fact]
    public async Task A_gate_that_is_never_used_up_says_so()
    {
        await _gate.CloseAsync(Patience, TestContext.Current.CancellationToken);
        _gate.Open(permits: 2);

        var complaint = await Assert.ThrowsAsync<DrillException>(() => _gate.UsedUpAsync(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken));

        Assert.Contains("2 still to place", complaint.Message, StringComparison.Ordinal);
    }
}
