using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Shop.Lambda.Logging;
using Shop.Lambda.Metrics;
using Shop.Lambda.Runtime;
using Shop.Lambda.Tracing;

namespace Shop.Lambda;

/// <summary>Runs one of several task handlers of an executable: the one that <c>_HANDLER</c> names.</summary>
public sealed class TaskFunction
{
    private const int UsageError = 2;

    private readonly Dictionary<string, Func<ReadOnlyMemory<byte>, TaskContext, CancellationToken, Task<ReadOnlyMemory<byte>>>> _handlers =
        new(StringComparer.Ordinal);

    private string? _only;

    /// <summary>For an executable of one task, whatever <c>_HANDLER</c> says: serves invocations until SIGTERM or cancellation; the answer is the exit code.</summary>
    public static Task<int> RunAsync<TIn, TOut>(
        JsonTypeInfo<TIn> input,
        JsonTypeInfo<TOut> output,
        Func<TIn, TaskContext, CancellationToken, Task<TOut>> run,
        HttpClient? runtimeApi = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        CancellationToken cancellationToken = default)
    {
        var only = new FunctionEnvironment(environment).FunctionName;
        return new TaskFunction { _only = only }.Map(only, input, output, run).RunAsync(runtimeApi, environment, cancellationToken);
    }

    /// <summary>Adds a handler. Its exceptions become Lambda errors: a <see cref="ShopException"/> by its name, any other by its type name.</summary>
    public TaskFunction Map<TIn, TOut>(
        string handler, JsonTypeInfo<TIn> input, JsonTypeInfo<TOut> output, Func<TIn, TaskContext, CancellationToken, Task<TOut>> run)
    {
        _handlers.Add(handler, async (payload, context, cancellationToken) =>
            JsonSerializer.SerializeToUtf8Bytes(await run(Read(payload, input), context, cancellationToken), output));
        return this;
    }

    public Task<int> RunAsync(HttpClient? runtimeApi, CancellationToken cancellationToken) => RunAsync(runtimeApi, null, cancellationToken);

    /// <summary>Serves invocations until SIGTERM or cancellation; the answer is the exit code.</summary>
    public async Task<int> RunAsync(
        HttpClient? runtimeApi = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        CancellationToken cancellationToken = default)
    {
        var variables = new FunctionEnvironment(environment);
        var source = new RuntimeApiSource(variables);
        source.Use(runtimeApi);
        if (source.Client is not { } api)
        {
            await Console.Error.WriteLineAsync(
                $"{variables.FunctionName} runs in Lambda, or behind a Runtime API that AWS_LAMBDA_RUNTIME_API names. " +
                $"_HANDLER is one of: {string.Join(", ", _handlers.Keys)}.");
            return UsageError;
        }

        InitErrors.Watch(variables);
        MemoryLimit.Apply(variables);
        if (Concurrency.Refusal(variables) is { } refusal)
        {
            await InitErrors.ReportAsync(api, refusal);
            return 1;
        }

        var name = _only ?? variables["_HANDLER"] ?? "";
        if (!_handlers.TryGetValue(name, out var handler))
        {
            await InitErrors.ReportAsync(api, new ShopException(
                "Shop.UnknownHandler", $"_HANDLER is '{name}'; expected one of: {string.Join(", ", _handlers.Keys)}."));
            return 1;
        }

        using var logs = LoggerFactory.Create(l => l.AddFunctionLogs(variables));
        using var loop = new RuntimeLoop(api, variables.DeadlineMargin, logs.CreateLogger(variables.FunctionName), TimeProvider.System);
        var metrics = new FunctionMetrics(variables, TimeProvider.System);
        return await LoopAsync(api, loop, name, handler, logs.CreateLogger(variables.FunctionName), metrics, cancellationToken);
    }

    private static async Task<int> LoopAsync(
        RuntimeApiClient api,
        RuntimeLoop loop,
        string name,
        Func<ReadOnlyMemory<byte>, TaskContext, CancellationToken, Task<ReadOnlyMemory<byte>>> handler,
        ILogger log,
        FunctionMetrics metrics,
        CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var sigterm = api.InProcess ? null : PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stopping.Cancel();
        });

        try
        {
            await loop.RunAsync(
                async (invocation, deadline) =>
                {
                    using var activity = TaskTrace.Start(name, invocation.Context.TraceId);
                    var started = Stopwatch.GetTimestamp();
                    var context = invocation.Context;
                    var task = new TaskContext(context.RequestId, context.Deadline, context.TraceId, context.FunctionArn) 
                    {
                        Log = log, Metrics = metrics, ClientContext = context.ClientContext, CognitoIdentity = context.CognitoIdentity,
                    };
                    try
                    {
                        var answer = await handler(invocation.Payload, task, deadline);
                        var took = Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1);
                        Log.TaskFinished(log, name, took);
                        metrics.Add($"{name}Duration", took, MetricUnit.Milliseconds);
                        return answer;
                    }
                    catch
                    {
                        metrics.Count($"{name}Failures");
                        throw;
                    }
                    finally
                    {
                        metrics.Flush();
                    }
                },
                stopping.Token);
            return 0;
        }
        catch (Exception exception)
        {
            Log.LoopEnded(log, exception);
            return 1;
        }
    }

    private static TIn Read<TIn>(ReadOnlyMemory<byte> payload, JsonTypeInfo<TIn> input)
    {
        try
        {
            return JsonSerializer.Deserialize(payload.Span, input)
                ?? throw new ShopException("Shop.InvalidInput", "The input of the task is null.");
        }
        catch (JsonException exception)
        {
            throw new ShopException("Shop.InvalidInput", $"The input of the task is not valid: {exception.Message}", exception);
        }
    }
}
