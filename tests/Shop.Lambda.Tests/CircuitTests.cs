using Microsoft.Extensions.Time.Testing;
using Shop.Lambda.Resilience;

namespace Shop.Lambda.Tests;

public sealed class CircuitTests
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);
    private readonly FakeTimeProvider _time = new();
    private readonly Circuit _circuit;
    private int _calls;

    public CircuitTests() => _circuit = new Circuit("redis", _time);

    [Fact]
    public async Task After_two_slow_failures_callers_are_told_at_once()
    {
        await FailAsync(Slow);
        await FailAsync(Slow);

        await FailAsync(Slow);

        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task Quick_failures_and_other_errors_never_open_it()
    {
        for (var i = 0; i < 10; i++)
            await FailAsync(TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < 10; i++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => _circuit.RunAsync<int>(() => throw new InvalidOperationException()));

        Assert.Equal(1, await SucceedAsync());
        Assert.Equal(11, _calls);
    }

    [Fact]
    public async Task A_success_between_them_forgets_a_slow_failure()
    {
        await FailAsync(Slow);
        await SucceedAsync();
        await FailAsync(Slow);

        Assert.Equal(1, await SucceedAsync());
    }

    [Fact]
    public async Task A_second_later_one_call_looks_and_its_success_closes_it()
    {
        await OpenAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await SucceedAsync());
        Assert.Equal(1, await SucceedAsync());
    }

    [Fact]
    public async Task While_one_call_looks_the_others_are_told_at_once()
    {
        await OpenAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        var answer = new TaskCompletionSource<int>();
        var looking = _circuit.RunAsync(() => answer.Task);

        await FailAsync(Slow);

        Assert.Equal(2, _calls);
        answer.SetResult(5);
        Assert.Equal(5, await looking);
        Assert.Equal(1, await SucceedAsync());
    }

    [Fact]
    public async Task A_look_that_fails_slowly_opens_it_again()
    {
        await OpenAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await FailAsync(Slow);
        await FailAsync(Slow);

        Assert.Equal(3, _calls);
    }

    [Fact]
    public async Task A_look_that_ends_in_another_error_leaves_room_for_the_next()
    {
        await OpenAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<OperationCanceledException>(() => _circuit.RunAsync<int>(() => throw new OperationCanceledException()));

        Assert.Equal(1, await SucceedAsync());
    }

    private async Task OpenAsync()
    {
        await FailAsync(Slow);
        await FailAsync(Slow);
    }

    private async Task FailAsync(TimeSpan after) => await Assert.ThrowsAsync<DependencyUnavailableException>(() => _circuit.RunAsync<int>(() =>
    {
        _calls++;
        _time.Advance(after);
        throw new DependencyUnavailableException("redis", "no answer");
    }));

    private Task<int> SucceedAsync() => _circuit.RunAsync(() =>
    {
        _calls++;
        return Task.FromResult(1);
    });
}
