using System.Text;
using System.Text.Json;
using Shop.Rehearsal.Lambda;
using Shop.Testing;

namespace Shop.Lambda.Tests.Rehearsal;

/// <summary>Lambda as the rehearsal plays it, with the runtime that AWS's tutorial writes in shell: nothing of ours on the other side.</summary>
public sealed class LambdaServiceTests
{
    [Fact]
    public async Task A_function_starts_when_it_is_needed_and_is_used_again()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("echo", "answer \"$event\"");
        Assert.Empty(region.Lambda.WorkersOf("echo"));

        var first = await region.InvokeAsync("echo", """{"n":1}""");
        var pids = region.Lambda.WorkersOf("echo");
        var second = await region.InvokeAsync("echo", """{"n":2}""");

        Assert.Equal("""{"n":1}""", Encoding.UTF8.GetString(first.Payload.Span));
        Assert.Equal("""{"n":2}""", Encoding.UTF8.GetString(second.Payload.Span));
        Assert.Equal(pids, region.Lambda.WorkersOf("echo"));
    }

    [Fact]
    public async Task It_is_found_by_name_and_by_arn()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("echo", "answer \"$event\"");

        foreach (var name in new[] { "echo", "echo:$LATEST", "000000000000:function:echo", "arn:aws:lambda:eu-test-1:000000000000:function:echo:$LATEST" })
        {
            Assert.False((await region.InvokeAsync(name, "{}")).IsError);
        }

        var unknown = await Assert.ThrowsAsync<LambdaServiceException>(() => region.InvokeAsync("other", "{}"));
        Assert.Equal("ResourceNotFoundException", unknown.ErrorType);
    }

    [Fact]
    public async Task The_function_sees_the_environment_of_lambda()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("env", """answer "{\"r\":\"$AWS_REGION\",\"h\":\"$_HANDLER\",\"f\":\"$AWS_LAMBDA_FUNCTION_NAME\",\"o\":\"$OWN\"}" """, handler: "Place");

        var result = await region.InvokeAsync("env", "{}");

        Assert.Equal("""{"r":"eu-test-1","h":"Place","f":"env","o":"mine"}""", Encoding.UTF8.GetString(result.Payload.Span));
    }

    [Fact]
    public async Task A_time_out_ends_the_worker_and_the_next_call_gets_a_new_one()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("slow", """case "$event" in *slow*) sleep 60;; esac; answer "$event" """, timeout: TimeSpan.FromSeconds(1));
        await region.Lambda.WarmAsync("slow");
        var pids = region.Lambda.WorkersOf("slow");

        var late = await region.InvokeAsync("slow", "\"slow\"");
        var next = await region.InvokeAsync("slow", "\"fast\"");

        Assert.Equal("Sandbox.Timedout", ErrorType(late));
        Assert.Contains("Task timed out after 1.00 seconds", Encoding.UTF8.GetString(late.Payload.Span));
        Assert.False(next.IsError);
        Assert.DoesNotContain(pids[0], region.Lambda.WorkersOf("slow"));
    }

    [Theory]
    [InlineData("exit 3", "exit status 3")]
    [InlineData("kill -9 $$", "signal: killed")]
    [InlineData("exit 0", "without providing a reason")]
    public async Task A_worker_that_dies_is_a_runtime_exit(string death, string reason)
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("mortal", death);

        var result = await region.InvokeAsync("mortal", "{}");

        Assert.Equal("Runtime.ExitError", ErrorType(result));
        Assert.Contains(reason, Encoding.UTF8.GetString(result.Payload.Span));
    }

    [Fact]
    public async Task An_error_that_the_function_reports_is_handed_on()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("refuses", """fail '{"errorType":"Shop.Refused","errorMessage":"no"}' """);

        var result = await region.InvokeAsync("refuses", "{}");

        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Equal("Shop.Refused", ErrorType(result));
    }

    [Fact]
    public async Task One_worker_has_one_invocation_at_a_time_and_more_are_started_up_to_the_limit()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("busy", """sleep 0.5; answer "\"$$\"" """, maxConcurrency: 2);

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => region.InvokeAsync("busy", "{}")));

        Assert.All(results, r => Assert.False(r.IsError));
        Assert.Equal(2, results.Select(r => Encoding.UTF8.GetString(r.Payload.Span)).Distinct().Count());
    }

    [Fact]
    public async Task Beyond_the_queue_callers_are_throttled()
    {
        await using var region = await TestRegion.StartAsync(o => o with { QueueTime = TimeSpan.FromMilliseconds(200) });
        region.DeployShell("busy", "sleep 60; answer 1", maxConcurrency: 1);
        await region.Lambda.WarmAsync("busy");
        var first = region.InvokeAsync("busy", "{}");

        var refused = await Assert.ThrowsAsync<LambdaServiceException>(() => region.InvokeAsync("busy", "{}"));

        Assert.Equal(("TooManyRequestsException", 429), (refused.ErrorType, refused.Status));
        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task Warm_workers_wait_without_having_been_invoked()
    {
        await using var region = await TestRegion.StartAsync();
        var trail = Path.Combine(region.Folder, "invoked");
        region.DeployShell("warm", $"touch {trail}; answer 1");

        await region.Lambda.WarmAsync("warm", 2);

        Assert.Equal(2, region.Lambda.WorkersOf("warm").Count);
        Assert.False(File.Exists(trail));
    }

    [Fact]
    public async Task With_the_region_its_workers_are_gone_and_nobody_is_served_until_it_is_back()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("busy", """case "$event" in *slow*) sleep 60;; esac; answer "$event" """);
        await region.Lambda.WarmAsync("busy");
        var pid = region.Lambda.WorkersOf("busy")[0];
        var caught = region.InvokeAsync("busy", "\"slow\"");

        region.Power.TurnOff();

        Assert.Equal("Runtime.ExitError", ErrorType(await caught));
        await Eventually.HoldsAsync(() => !Directory.Exists($"/proc/{pid}"));
        await Assert.ThrowsAsync<LambdaServiceException>(() => region.InvokeAsync("busy", "1"));

        region.Power.TurnOn();
        Assert.Equal("1", Encoding.UTF8.GetString((await region.InvokeAsync("busy", "1")).Payload.Span));
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_the_function_running()
    {
        await using var region = await TestRegion.StartAsync();
        var trail = Path.Combine(region.Folder, "finished");
        region.DeployShell("slow", $"sleep 0.5; touch {trail}; answer 1");
        await region.Lambda.WarmAsync("slow");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => region.Lambda.InvokeAsync("slow", "{}"u8.ToArray(), cancellationToken: patience.Token));

        await Eventually.HoldsAsync(() => File.Exists(trail));
    }

    [Fact]
    public async Task The_rest_api_invokes_at_once_or_later()
    {
        await using var region = await TestRegion.StartAsync();
        var trail = Path.Combine(region.Folder, "later");
        region.DeployShell("echo", $"""case "$event" in *later*) touch {trail};; *fail*) fail '{"{}"}'; continue;; esac; answer "$event" """);

        using var answer = await region.PostAsync("/2015-03-31/functions/echo/invocations", "\"now\"");
        using var failed = await region.PostAsync("/2015-03-31/functions/echo/invocations", "\"fail\"");
        using var accepted = await region.PostAsync("/2015-03-31/functions/echo/invocations", "\"later\"", ("X-Amz-Invocation-Type", "Event"));
        using var unknown = await region.PostAsync("/2015-03-31/functions/other/invocations", "1");

        Assert.Equal((200, "\"now\""), ((int)answer.StatusCode, await answer.ReadTextAsync()));
        Assert.Equal("$LATEST", Assert.Single(answer.Headers.GetValues("X-Amz-Executed-Version")));
        Assert.Equal((200, "Unhandled"), ((int)failed.StatusCode, Assert.Single(failed.Headers.GetValues("X-Amz-Function-Error"))));
        Assert.Equal(202, (int)accepted.StatusCode);
        await Eventually.HoldsAsync(() => File.Exists(trail));
        Assert.Equal((404, "ResourceNotFoundException"), ((int)unknown.StatusCode, Assert.Single(unknown.Headers.GetValues("X-Amzn-ErrorType"))));
    }

    private static string? ErrorType(InvokeResult result) =>
        JsonDocument.Parse(result.Payload).RootElement.GetProperty("errorType").GetString();
}
