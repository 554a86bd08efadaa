using Microsoft.Extensions.Logging;

namespace Shop.Lambda.Runtime;

/// <summary>Polls for invocations, one at a time, until told to stop; a running one is finished first.</summary>
internal sealed class RuntimeLoop(RuntimeApiClient api, TimeSpan deadlineMargin, ILogger log, TimeProvider time) : IDisposable
{
    private const int Attempts = 4;
    private CancellationTokenSource _deadline = new(Timeout.InfiniteTimeSpan, time);

    /// <param name="handle">Gets a token that fires shortly before the invocation's deadline; what it throws is reported to the caller.</param>
    public async Task RunAsync(Func<Invocation, CancellationToken, Task<ReadOnlyMemory<byte>>> handle, CancellationToken stopping, Func<bool>? isEnding = null)
    {
        while (!stopping.IsCancellationRequested && isEnding?.Invoke() != true)
            if (await NextAsync(stopping) is { } invocation)
                await ServeAsync(invocation, handle);
    }

    public void Dispose() => _deadline.Dispose();

    public static TimeSpan Until(DateTimeOffset moment, TimeProvider time)
    {
        var left = moment - time.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : left;
    }

    private async Task<Invocation?> NextAsync(CancellationToken stopping)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await api.NextAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return null;
            }
            catch (OperationCanceledException)
            {
                // The client's own time-out, and nothing to do: poll again.
                return null;
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                // A connection that went stale while the sandbox was frozen. When the host itself is gone, this ends soon, and so do we.
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), time, CancellationToken.None);
            }
        }
    }

    private async Task ServeAsync(Invocation invocation, Func<Invocation, CancellationToken, Task<ReadOnlyMemory<byte>>> handle)
    {
        var context = invocation.Context;
        InvocationContext.Current = context;
        TraceContext.Current = context.TraceId;
        if (!api.InProcess)
            Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", context.TraceId);

        var deadline = Deadline(context);
        ReadOnlyMemory<byte> answer;
        try
        {
            answer = await handle(invocation, deadline.Token);
        }
        catch (Exception exception)
        {
            Log.InvocationFailed(log, context.RequestId, exception);
            await ReportAsync(() => api.FailAsync(context.RequestId, FunctionError.From(exception), CancellationToken.None), context);
            return;
        }

        await ReportAsync(() => api.RespondAsync(context.RequestId, answer, CancellationToken.None), context);
    }

    // One timer serves all invocations; after one that ran out of time, the next gets its own.
    private CancellationTokenSource Deadline(InvocationContext context)
    {
        if (!_deadline.TryReset())
        {
            _deadline.Dispose();
            _deadline = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        }

        _deadline.CancelAfter(Until(context.Deadline - deadlineMargin, time));
        return _deadline;
    }

    private async Task ReportAsync(Func<Task> report, InvocationContext context)
    {
        try
        {
            await report();
        }
        catch (RuntimeApiException refused) when ((int)refused.Status < 500)
        {
            // The invocation has timed out meanwhile, or the answer is too large: the caller knows, and we go on.
            Log.AnswerRefused(log, context.RequestId, refused);
        }
    }
}
