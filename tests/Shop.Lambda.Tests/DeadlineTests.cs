using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shop.Testing;

namespace Shop.Lambda.Tests;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4.5);

    [Fact]
    public async Task A_handler_that_heeds_the_cancellation_is_answered_for_with_503()
    {
        await using var function = await Functions.StartAsync(timeout: Limit);

        using var answer = await function.SendAsync(HttpMethod.Get, "/slow?milliseconds=60000");

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Equal("2", answer.Headers.RetryAfter?.ToString());
    }

    [Fact]
    public async Task A_handler_may_answer_for_itself_when_it_is_cancelled()
    {
        await using var function = await Functions.StartAsync(
            f => f.Map("/patient", async context =>
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                context.Response.StatusCode = 202;
            }),
            Limit);

        using var answer = await function.SendAsync(HttpMethod.Get, "/patient");

        Assert.Equal(202, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_handler_that_ignores_the_cancellation_is_left_behind_with_504()
    {
        await using var function = await Functions.StartAsync(timeout: Limit);

        using var answer = await function.SendAsync(HttpMethod.Get, "/stubborn?milliseconds=60000");
        using var next = await function.SendAsync(HttpMethod.Get, "/things/1");

        Assert.Equal(504, (int)answer.StatusCode);
        Assert.Equal("eu-test-1", Assert.Single(answer.Headers.GetValues("X-Region")));
        Assert.Equal(200, (int)next.StatusCode);
    }

    [Fact]
    public async Task A_task_is_cancelled_before_its_deadline()
    {
        await using var function = await Functions.StartTaskAsync("Wait", Limit);

        var result = await function.InvokeAsync("""{"left":60000,"right":0}""");

        Assert.True(result.IsError);
        Assert.Contains("Canceled", Encoding.UTF8.GetString(result.Payload.Span));
    }

    [Fact]
    public async Task A_request_that_runs_is_finished_before_the_function_stops()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var function = await Functions.StartAsync(f => f.Map("/held", async context =>
        {
            started.SetResult();
            await release.Task;
            await context.Response.WriteAsync("done");
        }));

        var answering = function.SendAsync(HttpMethod.Get, "/held");
        await started.Task;
        var stopping = function.StopAsync();
        Assert.False(stopping.IsCompleted);
        release.SetResult();

        using var answer = await answering;
        Assert.Equal("done", await answer.ReadTextAsync());
        Assert.Equal(0, await stopping);
    }
}
