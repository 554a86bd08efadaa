using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Lambda.Sample;
using Shop.Testing;

namespace Shop.Lambda.Tests;

/// <summary>What an application may expect of its server.</summary>
public sealed class HostingTests
{
    [Fact]
    public async Task The_invocation_is_a_feature_of_the_request()
    {
        ILambdaInvocation? seen = null;
        var before = TimeProvider.System.GetUtcNow();
        await using var function = await Functions.StartAsync(f => f.Map("/it", context =>
        {
            seen = context.Features.Get<ILambdaInvocation>();
            return context.Response.WriteAsync(context.TraceIdentifier);
        }));

        var first = await function.InvokeAsync("""{"httpMethod":"GET","path":"/it"}""", "Root=1-a");

        Assert.NotNull(seen);
        Assert.Equal(seen.RequestId, JsonDocument.Parse(first.Payload).RootElement.GetProperty("body").GetString());
        Assert.Equal(("Root=1-a", "arn:aws:lambda:us-east-1:000000000000:function:under-test", true), (seen.TraceId, seen.FunctionArn, seen.IsColdStart));
        Assert.InRange(seen.Deadline, before, TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(30));

        await function.InvokeAsync("""{"httpMethod":"GET","path":"/it"}""");

        Assert.False(seen.IsColdStart);
        Assert.Null(seen.TraceId);
    }

    [Fact]
    public async Task The_application_learns_that_it_has_started_and_that_it_stops()
    {
        var started = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        await using var function = await Functions.StartAsync(f =>
        {
            f.Lifetime.ApplicationStarted.Register(started.SetResult);
            f.Lifetime.ApplicationStopped.Register(stopped.SetResult);
        });

        await started.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.False(stopped.Task.IsCompleted);
        Assert.Equal(0, await function.StopAsync());
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Each_request_has_a_scope_that_ends_after_its_answer()
    {
        var scopes = new List<IServiceProvider>();
        await using var function = await Functions.StartAsync(f => f.Map("/it", context =>
        {
            scopes.Add(context.RequestServices);
            return Task.CompletedTask;
        }));

        using var first = await function.SendAsync(HttpMethod.Get, "/it");
        using var second = await function.SendAsync(HttpMethod.Get, "/it");

        Assert.NotSame(scopes[0], scopes[1]);
        Assert.Throws<ObjectDisposedException>(() => scopes[0].GetService<IHostApplicationLifetime>());
    }

    [Fact]
    public async Task Redirects_and_the_cookies_of_a_request_pass()
    {
        await using var function = await Functions.StartAsync(f => f.Map("/it", context =>
        {
            context.Response.Redirect($"/there?a={context.Request.Cookies["a"]}&b={context.Request.Cookies["b"]}");
            return Task.CompletedTask;
        }));

        using var answer = await function.SendAsync(HttpMethod.Get, "/it", null, ("Cookie", "a=1; b=2"));

        Assert.Equal((302, "/there?a=1&b=2"), ((int)answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData("shop/", "/shop/echo/a%2Fb", "/echo/a%2Fb")]
    [InlineData("/shop", "/echo/a", "/echo/a")]
    [InlineData("/shop", "/SHOP/echo/a", "/echo/a")]
    [InlineData("/", "/echo/a", "/echo/a")]
    public async Task A_path_base_is_taken_off_the_paths_below_it(string pathBase, string sent, string seen)
    {
        await using var function = await StartAsync("PATH_BASE", pathBase);

        using var answer = await function.SendAsync(HttpMethod.Get, sent);

        var echo = await answer.ReadJsonAsync();
        Assert.Equal((seen, sent), (echo.GetProperty("path").GetString(), echo.GetProperty("rawTarget").GetString()));
    }

    [Fact]
    public async Task A_path_that_only_begins_like_the_path_base_is_another()
    {
        await using var function = await StartAsync("PATH_BASE", "/shop");

        using var answer = await function.SendAsync(HttpMethod.Get, "/shopping/echo/a");

        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_sandbox_of_several_invocations_at_once_is_refused_at_the_start()
    {
        var http = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync("AWS_LAMBDA_MAX_CONCURRENCY", "8"));
        var task = await Assert.ThrowsAsync<InvalidOperationException>(() => FunctionDriver.StartAsync(
            (api, stop) => SampleTasks.Create().RunAsync(api, With("AWS_LAMBDA_MAX_CONCURRENCY", "8", "Add"), stop)));

        Assert.All([http, task], refused => Assert.Contains("Shop.UnsupportedConcurrency", refused.Message));
        Assert.All([http, task], refused => Assert.Contains("AWS_LAMBDA_MAX_CONCURRENCY is '8'", JsonMessage(refused)));
        await using var one = await StartAsync("AWS_LAMBDA_MAX_CONCURRENCY", "1");
        using var answer = await one.SendAsync(HttpMethod.Get, "/things/1");
        Assert.Equal(200, (int)answer.StatusCode);
    }

    private static string JsonMessage(Exception refused)
    {
        var json = refused.Message[refused.Message.IndexOf('{', StringComparison.Ordinal)..];
        return JsonDocument.Parse(Encoding.UTF8.GetBytes(json)).RootElement.GetProperty("errorMessage").GetString()!;
    }

    private static Task<FunctionDriver> StartAsync(string variable, string value) =>
        FunctionDriver.StartAsync((api, stop) => SampleFunction.RunAsync(api, With(variable, value), null, stop));

    private static Dictionary<string, string?> With(string variable, string value, string handler = "") =>
        new(Functions.Environment) { [variable] = value, ["_HANDLER"] = handler };
}
