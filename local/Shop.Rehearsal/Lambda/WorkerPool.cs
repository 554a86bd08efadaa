using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Shop.Rehearsal.Lambda;

/// <summary>The workers of one function: idle ones are used again, more are started up to the limit, beyond it callers are throttled.</summary>
internal sealed class WorkerPool(FunctionDefinition definition, LambdaOptions options, Func<Task<Worker>> start)
{
    private readonly Channel<Worker> _idle = Channel.CreateUnbounded<Worker>();
    private readonly ConcurrentDictionary<Worker, bool> _workers = new();
    private int _places;
    private int _waiting;

    public FunctionDefinition Definition { get; } = definition;

    public int Count => _workers.Count;

    public IEnumerable<int> Pids => _workers.Keys.Select(w => w.Pid);

    /// <summary>Runs the invocation on some worker. A worker that fails to start answers its error.</summary>
    public async Task<InvokeResult> InvokeAsync(Func<PendingInvocation> invocation)
    {
        var (worker, error) = await TakeAsync();
        if (error is not null)
        {
            return error;
        }

        var result = await worker!.InvokeAsync(invocation(), Definition.Timeout);
        Return(worker);
        return result;
    }

    /// <summary>Starts workers until there are as many, and waits until each has polled.</summary>
    public async Task WarmAsync(int count)
    {
        var missing = Math.Min(count, Definition.MaxConcurrency) - Count;
        var started = await Task.WhenAll(Enumerable.Range(0, Math.Max(0, missing)).Select(_ => TryStartAsync()));
        foreach (var (worker, error) in started)
        {
            if (error is not null)
            {
                throw new InvalidOperationException(
                    $"{Definition.Name} did not start: {System.Text.Encoding.UTF8.GetString(error.Payload.Span)}");
            }

            if (worker is not null)
            {
                Return(worker);
            }
        }
    }

    public void KillAll()
    {
        foreach (var worker in _workers.Keys)
        {
            worker.Kill();
        }
    }

    public Task StopAsync() => Task.WhenAll(_workers.Keys.Select(async w =>
    {
        await w.TerminateAsync();
        await w.Ended;
    }));

    private async Task<(Worker? Worker, InvokeResult? Error)> TakeAsync()
    {
        if (TryTakeIdle() is { } idle)
        {
            return (idle, null);
        }

        if (Interlocked.Increment(ref _waiting) > options.QueueLength)
        {
            Interlocked.Decrement(ref _waiting);
            throw Throttled();
        }

        try
        {
            return await WaitAsync();
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<(Worker? Worker, InvokeResult? Error)> WaitAsync()
    {
        var until = options.Time.GetUtcNow() + options.QueueTime;
        for (var first = true; first || options.Time.GetUtcNow() < until; first = false)
        {
            // With none at all there is nobody to wait for.
            if (Volatile.Read(ref _places) > 0 && await IdleWithinAsync(options.ScaleOutDelay) is { } idle)
            {
                return (idle, null);
            }

            var started = await StartOrTakeAsync();
            if (started != (null, null))
            {
                return started;
            }
        }

        throw Throttled();
    }

    /// <summary>Starts a worker, but takes another one that is free sooner: the new one then waits for the next caller.</summary>
    private async Task<(Worker? Worker, InvokeResult? Error)> StartOrTakeAsync()
    {
        var starting = TryStartAsync();
        using var done = new CancellationTokenSource();
        while (!starting.IsCompleted)
        {
            var freed = _idle.Reader.WaitToReadAsync(done.Token).AsTask();
            if (await Task.WhenAny(starting, freed) == freed && TryTakeIdle() is { } idle)
            {
                _ = ReturnWhenStartedAsync(starting);
                return (idle, null);
            }
        }

        await done.CancelAsync();
        return await starting;
    }

    private async Task ReturnWhenStartedAsync(Task<(Worker? Worker, InvokeResult? Error)> starting)
    {
        if (await starting is { Worker: { } worker })
        {
            Return(worker);
        }
    }

    /// <summary>(null, null) when all places are taken.</summary>
    private async Task<(Worker? Worker, InvokeResult? Error)> TryStartAsync()
    {
        if (Interlocked.Increment(ref _places) > Definition.MaxConcurrency)
        {
            Interlocked.Decrement(ref _places);
            return (null, null);
        }

        Worker worker;
        try
        {
            worker = await start();
        }
        catch
        {
            Interlocked.Decrement(ref _places);
            throw;
        }

        _workers[worker] = true;
        _ = ForgetAsync(worker);
        if (await worker.InitialiseAsync() is not { } error)
        {
            return (worker, null);
        }

        worker.Kill();
        return (null, error);
    }

    private async Task ForgetAsync(Worker worker)
    {
        await worker.Ended;
        _workers.TryRemove(worker, out _);
        Interlocked.Decrement(ref _places);
    }

    private void Return(Worker worker)
    {
        if (worker.IsAlive)
        {
            _idle.Writer.TryWrite(worker);
        }
    }

    private Worker? TryTakeIdle()
    {
        while (_idle.Reader.TryRead(out var worker))
        {
            if (worker.IsAlive)
            {
                return worker;
            }
        }

        return null;
    }

    private async Task<Worker?> IdleWithinAsync(TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time, options.Time);
        try
        {
            return await _idle.Reader.WaitToReadAsync(limit.Token) ? TryTakeIdle() : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private LambdaServiceException Throttled() => new(
        "TooManyRequestsException", 429, $"Rate Exceeded: {Definition.Name} runs {Definition.MaxConcurrency} times already.");
}
