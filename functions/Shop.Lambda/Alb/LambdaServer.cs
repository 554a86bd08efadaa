using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Contracts;
using Shop.Lambda.Runtime;

namespace Shop.Lambda.Alb;

/// <summary>An ASP.NET Core server whose connections are the invocations of a function behind a load balancer.</summary>
internal sealed class LambdaServer(
    RuntimeApiClient api,
    RuntimeApiSource source,
    FunctionEnvironment environment,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<LambdaServer> log) : IServer
{
    // Between a handler's cancellation and the deadline: first its chance to answer, then ours.
    private readonly TimeSpan _answerMargin = environment.DeadlineMargin * 0.4;
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        if (Concurrency.Refusal(environment) is { } refusal)
            throw refusal;
        _loop = Task.Run(() => RunAsync(application), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop.WaitAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync<TContext>(IHttpApplication<TContext> application)
        where TContext : notnull
    {
        try
        {
            using var loop = new RuntimeLoop(api, environment.DeadlineMargin, log, time);
            await loop.RunAsync((invocation, deadline) => ServeAsync(application, invocation, deadline), _stopping.Token, () => source.IsEnding);
            if (source.IsEnding)
                Fail();
        }
        catch (Exception exception)
        {
            Log.LoopEnded(log, exception);
            Fail();
        }
    }

    private void Fail()
    {
        source.Failed = true;
        // For an application whose Main answers nothing.
        if (!api.InProcess)
            Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    private async Task<ReadOnlyMemory<byte>> ServeAsync<TContext>(
        IHttpApplication<TContext> application, Invocation invocation, CancellationToken deadline)
        where TContext : notnull
    {
        var request = AlbEventReader.Read(invocation.Payload.Span);
        if (request.HasUnreadableBody)
        {
            Log.EventUnreadable(log, "the body is not base64");
            return Problem(new Problem(ProblemTypes.InvalidRequest, "The request is not valid.", 400, "The body is not base64."), request);
        }

        // An owned token: a handler that overruns keeps using it after this invocation is over.
        var exchange = new AlbExchange<TContext>(application, request, invocation.Context, deadline);
        var answering = exchange.RunAsync(log);
        if (!answering.IsCompleted && !await InTimeAsync(answering, invocation.Context.Deadline - _answerMargin))
        {
            Log.HandlerOverran(log, request.Method);
            // What still runs would disturb the next invocation: it gets a fresh sandbox.
            if (!api.InProcess)
                source.EndAfterAnswer();
            return Problem(new Problem(ProblemTypes.Unavailable, "The answer took too long.", StatusCodes.Status504GatewayTimeout), request);
        }

        var json = AlbAnswerWriter.Write(await answering, request);
        if (json.Length <= AlbAnswerWriter.Limit)
            return json;
        Log.AnswerTooLarge(log, json.Length, AlbAnswerWriter.Limit);
        return Problem(new Problem(ProblemTypes.Unexpected, "The answer is too large.", StatusCodes.Status500InternalServerError), request);
    }

    private async Task<bool> InTimeAsync(Task answering, DateTimeOffset limit)
    {
        using var answered = new CancellationTokenSource();
        var last = Task.Delay(RuntimeLoop.Until(limit, time), time, answered.Token);
        var first = await Task.WhenAny(answering, last);
        await answered.CancelAsync();
        return first == answering;
    }

    private ReadOnlyMemory<byte> Problem(Problem problem, AlbRequest request) =>
        AlbAnswerWriter.Write(ProblemAnswer.For(problem, environment.Region), request);
}
