using Microsoft.Extensions.Time.Testing;
using Shop.Rehearsal.CloudWatch;
using Shop.Rehearsal.EventBridge;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.Tests.CloudWatch;

public sealed class CanaryTests : IAsyncDisposable
{
    private readonly RegionPower _power = new("us-west-2");
    private readonly FakeTimeProvider _time = new();
    private readonly EventBus _bus;
    private readonly CloudWatchService _service;

    public CanaryTests()
    {
        _bus = new(_power, _time);
        _service = new(_power, _bus, _time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _service.Dispose();
        return _bus.DisposeAsync();
    }

    [Fact]
    public async Task A_journey_that_ends_puts_success_and_duration()
    {
        var canary = New(_ =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(30));
            return Task.CompletedTask;
        });

        await canary.RunOnceAsync(Cancellation);

        Assert.Equal(100, _service.Metrics.Newest(Canary.SuccessPercent("journey"))!.Value.Last);
        Assert.Equal(30, _service.Metrics.Newest(Canary.Duration("journey"))!.Value.Last);
    }

    [Fact]
    public async Task A_journey_that_throws_is_a_failure_with_its_reason()
    {
        var canary = New(_ => throw new InvalidOperationException("checkout answered 503"));

        var result = await canary.RunOnceAsync(Cancellation);

        Assert.Equal((false, "checkout answered 503"), (result!.Succeeded, result.Detail));
        Assert.Equal(0, _service.Metrics.Newest(Canary.SuccessPercent("journey"))!.Value.Last);
    }

    [Fact]
    public async Task A_journey_without_an_answer_fails_at_its_time_out()
    {
        var canary = New(token => Task.Delay(Timeout.InfiniteTimeSpan, _time, token));
        var run = canary.RunOnceAsync(Cancellation);
        Assert.False(run.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("No answer in 2 s", (await run)!.Detail);
    }

    [Fact]
    public async Task A_canary_of_a_lost_region_reports_nothing()
    {
        var canary = New(_ =>
        {
            _power.TurnOff();
            throw new HttpRequestException("connection reset");
        });

        await canary.RunOnceAsync(Cancellation);

        Assert.Empty(canary.Results);
        Assert.Null(_service.Metrics.Newest(Canary.SuccessPercent("journey")));
    }

    [Fact]
    public async Task A_canary_walks_once_per_interval()
    {
        var walks = 0;
        using var stop = new CancellationTokenSource();
        var canary = New(_ =>
        {
            walks++;
            return Task.CompletedTask;
        });
        var running = canary.RunAsync(stop.Token);

        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(1, walks);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(2, walks);

        await stop.CancelAsync();
        await running;
    }

    private Canary New(Func<CancellationToken, Task> journey) => new(
        new("journey", "store", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), _service, _power, journey, _time);
}
