using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Shop.Lambda.Sample;
using Shop.Rehearsal.Lambda;
using Shop.Rehearsal.LoadBalancing;
using Shop.Rehearsal.Supervision;
using Shop.Testing;

namespace Shop.Lambda.Tests.Rehearsal;

/// <summary>The sample executable as a process: what can't be seen from within.</summary>
public sealed class FunctionProcessTests
{
    [Fact]
    public async Task A_request_goes_through_load_balancer_and_process_and_back()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeploySample("sample");
        await region.BalanceAsync(null, new ListenerRule("/*", "sample"));

        using var created = await region.PostAsync("/things", """{"name":"café","quantity":2,"parts":[{"productId":"p","count":1}]}""");
        using var problem = await region.PostAsync("/things", """{"name":"a","quantity":1,"parts":[{"productId":"p"}]}""");
        var echo = (await region.Http.GetFromJsonAsync("/echo/a%2Fb?x=1&x=2", SampleJson.Default.Echo, TestContext.Current.CancellationToken))!;

        Assert.Equal(201, (int)created.StatusCode);
        Assert.Equal("eu-test-1", Assert.Single(created.Headers.GetValues("X-Region")));
        Assert.Equal("café", (await created.ReadJsonAsync()).GetProperty("name").GetString());
        Assert.Equal(400, (int)problem.StatusCode);
        Assert.True((await problem.ReadJsonAsync()).GetProperty("errors").TryGetProperty("parts[0].count", out _));
        Assert.Equal("/echo/a%2Fb?x=1&x=2", echo.RawTarget);
        Assert.Equal(["1", "2"], echo.Query["x"]);
        Assert.StartsWith("Root=1-", echo.Headers["x-amzn-trace-id"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_log_has_a_line_for_the_request_without_what_was_asked()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeploySample("sample");
        await region.BalanceAsync(null, new ListenerRule("/*", "sample"));

        using var answer = await region.Http.GetAsync(new Uri("/things/1?page=7&secret=hush", UriKind.Relative), TestContext.Current.CancellationToken);

        var log = Path.Combine(region.Folder, "sample.log");
        await Eventually.HoldsAsync(() => File.Exists(log) && File.ReadAllText(log).Contains("answered", StringComparison.Ordinal));
        var text = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        var line = JsonDocument.Parse(text.Split('\n').Single(l => l.Contains("answered", StringComparison.Ordinal))).RootElement;
        Assert.Equal("/things/{id:int}", line.GetProperty("route").GetString());
        Assert.Equal(200, line.GetProperty("status").GetInt32());
        Assert.True(line.GetProperty("cold_start").GetBoolean());
        Assert.Equal("sample", line.GetProperty("function_name").GetString());
        Assert.DoesNotContain("hush", text);
    }

    [Fact]
    public async Task An_exception_while_the_host_is_built_reaches_the_caller_with_its_message()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeploySample("misconfigured", "misconfigured");

        var result = await region.InvokeAsync("misconfigured", "{}");

        var error = JsonDocument.Parse(result.Payload).RootElement;
        Assert.Equal("InvalidOperationException", error.GetProperty("errorType").GetString());
        Assert.Equal("DB_NAME is missing.", error.GetProperty("errorMessage").GetString());
    }

    [Theory]
    [InlineData("tasks", """{"left":2,"right":3}""")]
    [InlineData("http", """{"httpMethod":"GET","path":"/things/1"}""")]
    public async Task Sigterm_ends_it_in_order(string kind, string payload)
    {
        await using var server = await RuntimeApiServer.StartAsync(TestContext.Current.CancellationToken);
        var mailbox = server.Open();
        var log = Path.GetTempFileName();
        await using var process = await StartAsync(kind, log, new() { ["AWS_LAMBDA_RUNTIME_API"] = mailbox.Address, ["_HANDLER"] = "Add" });
        var result = await mailbox.InvokeAsync(new PendingInvocation(
            Encoding.UTF8.GetBytes(payload), "arn", TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1), null));

        await process.TerminateAsync(TimeSpan.FromSeconds(30));

        Assert.False(result.IsError);
        Assert.Equal(0, await process.Exited);
        File.Delete(log);
    }

    [Fact]
    public async Task A_process_that_ends_itself_is_a_502_and_the_next_request_starts_another()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeploySample("sample");
        await region.BalanceAsync(null, new ListenerRule("/*", "sample"));

        using var gone = await region.Http.GetAsync(new Uri("/exit?code=4", UriKind.Relative), TestContext.Current.CancellationToken);
        using var next = await region.Http.GetAsync(new Uri("/things/1", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((502, 200), ((int)gone.StatusCode, (int)next.StatusCode));
    }

    [Fact]
    public async Task Without_a_runtime_api_tasks_exit_with_a_message()
    {
        var log = Path.GetTempFileName();
        await using var process = await StartAsync("tasks", log, []);

        Assert.Equal(2, await process.Exited);
        Assert.Contains("AWS_LAMBDA_RUNTIME_API", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken));
        File.Delete(log);
    }

    [Fact]
    public async Task Without_a_runtime_api_it_is_a_web_server()
    {
        var log = Path.GetTempFileName();
        using var reserved = new TcpListener(IPAddress.Loopback, 0);
        reserved.Start();
        var port = ((IPEndPoint)reserved.LocalEndpoint).Port;
        reserved.Stop();
        await using var process = await StartAsync("http", log, new() { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}", ["AWS_REGION"] = "eu-test-1" });
        using var http = new HttpClient();

        HttpResponseMessage? answer = null;
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/nowhere"), TestContext.Current.CancellationToken);
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });

        Assert.Equal(404, (int)answer!.StatusCode);
        Assert.Equal("eu-test-1", Assert.Single(answer.Headers.GetValues("X-Region")));
        await process.TerminateAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, await process.Exited);
        File.Delete(log);
    }

    private static Task<ChildProcess> StartAsync(string kind, string log, Dictionary<string, string> environment) =>
        new GuardedLauncher().StartAsync(new ChildCommand
        {
            Name = "sample",
            File = "dotnet",
            Arguments = [typeof(SampleFunction).Assembly.Location, kind],
            Environment = environment,
            LogFile = log,
        });
}
