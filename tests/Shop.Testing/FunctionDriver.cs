using System.Text;
using Shop.Rehearsal.Lambda;
using Shop.Testing.OpenApi;

namespace Shop.Testing;

/// <summary>A function in this process behind a real Runtime API, driven by what a load balancer would send it.</summary>
/// <example><code>
/// await using var function = await FunctionDriver.StartAsync((api, stop) => CartsFunction.RunAsync(api, environment, stop));
/// using var answer = await function.SendAsync(HttpMethod.Post, "/carts/x/items", json);
/// </code></example>
public sealed class FunctionDriver : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly RuntimeApiServer _server;
    private readonly HttpClient _runtimeApi;
    private readonly RuntimeApiMailbox _mailbox;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TimeSpan _timeout;
    private Task<int> _run = Task.FromResult(0);

    private FunctionDriver(RuntimeApiServer server, TimeSpan timeout, bool multiValue)
    {
        _server = server;
        _timeout = timeout;
        _mailbox = server.Open();
        _runtimeApi = new HttpClient { BaseAddress = new Uri($"http://{_mailbox.Address}/"), Timeout = Timeout.InfiniteTimeSpan };
        Http = new HttpClient(new ContractHandler(new AlbEventHandler(this, multiValue))) { BaseAddress = new Uri("http://localhost") };
    }

    /// <summary>A client whose requests reach the function as load balancer events, and whose answers must fit the API's OpenAPI document.</summary>
    public HttpClient Http { get; }

    /// <param name="run">Runs the function on the given Runtime API until the token is cancelled; answers its exit code.</param>
    /// <param name="timeout">Of an invocation: what the function sees as its deadline.</param>
    /// <param name="multiValue">Whether the target group has multi-value headers on.</param>
    public static async Task<FunctionDriver> StartAsync(
        Func<HttpClient, CancellationToken, Task<int>> run, TimeSpan? timeout = null, bool multiValue = true)
    {
        var driver = new FunctionDriver(await RuntimeApiServer.StartAsync(), timeout ?? TimeSpan.FromSeconds(30), multiValue);
        driver._run = Task.Run(() => run(driver._runtimeApi, driver._stop.Token));
        try
        {
            await Task.WhenAny(driver._run, driver._mailbox.Initialised).WaitAsync(StartLimit);
            if (driver._run.IsCompleted)
            {
                var code = await driver._run;
                driver._mailbox.Close("Runtime.ExitError", $"exit status {code}");
            }

            if (await driver._mailbox.Initialised is { } error)
            {
                throw new InvalidOperationException($"The function did not start: {Encoding.UTF8.GetString(error.Payload.Span)}");
            }

            return driver;
        }
        catch
        {
            await driver.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends an HTTP request; a body is JSON.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string pathAndQuery, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, pathAndQuery);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request);
    }

    /// <summary>Invokes the function with any payload, as a state machine does.</summary>
    public Task<InvokeResult> InvokeAsync(string json, string? traceId = null) => InvokeAsync(Encoding.UTF8.GetBytes(json), traceId);

    /// <summary>Invocations wait for each other: a worker takes one at a time.</summary>
    public async Task<InvokeResult> InvokeAsync(byte[] payload, string? traceId = null)
    {
        await _turn.WaitAsync();
        try
        {
            var invocation = new PendingInvocation(
                payload, "arn:aws:lambda:us-east-1:000000000000:function:under-test", TimeProvider.System.GetUtcNow() + _timeout, traceId);
            var answering = _mailbox.InvokeAsync(invocation);
            // Far beyond the deadline: the function keeps it by itself, and the machine may be busy.
            if (await Task.WhenAny(answering, _run, Task.Delay(_timeout + StartLimit)) != answering)
            {
                _mailbox.Close(_run.IsCompleted ? "Runtime.ExitError" : "Sandbox.Timedout", _run.IsCompleted ? "exited" : "timed out");
            }

            return await answering;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks the function to stop, as SIGTERM does, and answers its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _run.WaitAsync(StartLimit);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_run).WaitAsync(StartLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Http.Dispose();
        _runtimeApi.Dispose();
        await _server.DisposeAsync();
        _turn.Dispose();
        _stop.Dispose();
    }
}
