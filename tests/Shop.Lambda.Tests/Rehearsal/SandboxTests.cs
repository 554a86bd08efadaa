using System.Text;
using System.Text.Json;
using Shop.Lambda.Sample;
using Shop.Rehearsal.Lambda;
using Shop.Rehearsal.Supervision;
using Shop.Testing;

namespace Shop.Lambda.Tests.Rehearsal;

/// <summary>A function as the only thing in its process, as Lambda runs it: what it does to the process, and how it ends.</summary>
public sealed class SandboxTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-sandbox-").FullName;
    private RuntimeApiServer? _server;
    private RuntimeApiMailbox? _mailbox;

    private RuntimeApiMailbox Mailbox => _mailbox!;

    public async ValueTask InitializeAsync()
    {
        _server = await RuntimeApiServer.StartAsync(TestContext.Current.CancellationToken);
        _mailbox = _server.Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("plain")]
    public async Task A_handler_that_outlives_its_deadline_is_answered_with_504_and_ends_its_sandbox(string kind)
    {
        await using var process = await StartAsync(kind, ("DEADLINE_MARGIN_MS", "2000"));

        var answer = await SendAsync("/stubborn", "milliseconds", "600000", limit: TimeSpan.FromSeconds(3));

        Assert.Equal(504, answer.GetProperty("statusCode").GetInt32());
        Assert.Equal(1, await process.Exited.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Sigterm_lets_the_running_invocation_finish()
    {
        await using var process = await StartAsync("http");
        var file = Path.Combine(_folder, "held");
        var answering = SendAsync("/hold", "file", Uri.EscapeDataString(file));
        await Eventually.HoldsAsync(() => File.Exists(file));

        var ending = process.TerminateAsync(TimeSpan.FromSeconds(30));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.True(process.IsRunning);
        File.Delete(file);

        Assert.Equal("done", (await answering).GetProperty("body").GetString());
        await ending;
        Assert.Equal(0, await process.Exited);
    }

    [Fact]
    public async Task The_trace_variable_is_that_of_each_invocation()
    {
        await using var process = await StartAsync("http");

        var first = await SendAsync("/variable", "name", "_X_AMZN_TRACE_ID", "Root=1-a");
        var second = await SendAsync("/variable", "name", "_X_AMZN_TRACE_ID", "Root=1-b");
        var none = await SendAsync("/variable", "name", "_X_AMZN_TRACE_ID");

        Assert.Equal(["Root=1-a", "Root=1-b", ""], new[] { first, second, none }.Select(a => a.GetProperty("body").GetString()!));
    }

    [Fact]
    public async Task The_heap_may_not_grow_past_the_memory_of_the_function()
    {
        await using var process = await StartAsync("http", ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "300"));

        var answer = await SendAsync("/memory", "x", "");

        Assert.Equal("314572800", answer.GetProperty("body").GetString());
    }

    [Theory]
    [InlineData("plain-misconfigured", null, "InvalidOperationException", "DB_NAME is missing.")]
    [InlineData("plain", "2", "Shop.UnsupportedConcurrency", "AWS_LAMBDA_MAX_CONCURRENCY is '2'")]
    [InlineData("http", "2", "Shop.UnsupportedConcurrency", "AWS_LAMBDA_MAX_CONCURRENCY is '2'")]
    public async Task What_keeps_it_from_starting_is_an_init_error(string kind, string? concurrency, string type, string message)
    {
        await using var process = await StartAsync(kind, ("AWS_LAMBDA_MAX_CONCURRENCY", concurrency ?? ""));

        var error = await Mailbox.Initialised.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var json = JsonDocument.Parse(error!.Payload).RootElement;
        Assert.Equal(type, json.GetProperty("errorType").GetString());
        Assert.Contains(message, json.GetProperty("errorMessage").GetString());
        Assert.Equal(1, await process.Exited.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_plain_web_application_with_one_more_line_is_a_function()
    {
        await using var process = await StartAsync("plain", ("PATH_BASE", "/shop"));

        var hello = await SendAsync("/shop/hello/caf%C3%A9", "x", "1");
        var failure = await SendAsync("/fail", "x", "1");
        var next = await SendAsync("/hello/you", "x", "1");

        Assert.Equal("Hello café at /shop", hello.GetProperty("body").GetString());
        Assert.Equal("text/plain; charset=utf-8", hello.GetProperty("headers").GetProperty("Content-Type").GetString());
        Assert.Equal((500, ""), (failure.GetProperty("statusCode").GetInt32(), failure.GetProperty("body").GetString()));
        Assert.Equal("Hello you at ", next.GetProperty("body").GetString());
        await process.TerminateAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, await process.Exited);
    }

    [Fact]
    public async Task The_same_application_is_a_web_server_elsewhere()
    {
        await using var process = await StartAsync("plain", ("AWS_LAMBDA_RUNTIME_API", ""), ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("PATH_BASE", "/shop"));
        string? address = null;
        await Eventually.HoldsAsync(() => (address = process.LogTail(50).Split("Now listening on: ").ElementAtOrDefault(1)?.Split('\n')[0].Trim()) is not null);
        using var http = new HttpClient { BaseAddress = new Uri(address!) };

        Assert.Equal("Hello you at /shop", await http.GetStringAsync(new Uri("/shop/hello/you", UriKind.Relative), TestContext.Current.CancellationToken));
        await process.TerminateAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, await process.Exited);
    }

    private async Task<JsonElement> SendAsync(string path, string key, string value, string? trace = null, TimeSpan? limit = null)
    {
        // The clock of the invocation starts when the function is up.
        Assert.Null(await Mailbox.Initialised.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        var payload = $$$"""{"httpMethod":"GET","path":"{{{path}}}","queryStringParameters":{"{{{key}}}":"{{{value}}}"},"headers":{}}""";
        var result = await Mailbox.InvokeAsync(new PendingInvocation(
            Encoding.UTF8.GetBytes(payload), "arn", TimeProvider.System.GetUtcNow() + (limit ?? TimeSpan.FromMinutes(1)), trace))
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.False(result.IsError, Encoding.UTF8.GetString(result.Payload.Span));
        return JsonDocument.Parse(result.Payload).RootElement;
    }

    private Task<ChildProcess> StartAsync(string kind, params (string Name, string Value)[] environment)
    {
        var variables = new Dictionary<string, string> { ["AWS_LAMBDA_RUNTIME_API"] = Mailbox.Address, ["AWS_REGION"] = "eu-test-1" };
        foreach (var (name, value) in environment)
            variables[name] = value;
        return new GuardedLauncher().StartAsync(new ChildCommand
        {
            Name = "sample",
            File = "dotnet",
            Arguments = [typeof(SampleFunction).Assembly.Location, kind],
            Environment = variables,
            LogFile = Path.Combine(_folder, "sample.log"),
        });
    }
}
