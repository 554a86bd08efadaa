using System.Text.Json.Serialization.Metadata;

namespace Shop.Lambda;

/// <summary>Runs one of several task handlers of an executable: the one that <c>_HANDLER</c> names.</summary>
public sealed class TaskFunction
{
    private readonly Dictionary<string, Func<Stream, CancellationToken, Task>> _handlers = new(StringComparer.Ordinal);

    /// <summary>Adds a handler. Its exceptions become Lambda errors: a <see cref="ShopException"/> by its name, any other by its type name.</summary>
    public TaskFunction Map<TIn, TOut>(
        string handler, JsonTypeInfo<TIn> input, JsonTypeInfo<TOut> output, Func<TIn, TaskContext, CancellationToken, Task<TOut>> run)
    {
        _handlers[handler] = (_, _) => Task.CompletedTask;
        return this;
    }

    public Task<int> RunAsync(HttpClient? runtimeApi, CancellationToken cancellationToken) => RunAsync(runtimeApi, null, cancellationToken);

    public Task<int> RunAsync(
        HttpClient? runtimeApi = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        CancellationToken cancellationToken = default) =>
        throw new ShopException("Shop.NotBuilt", $"The Runtime API loop is being written ({_handlers.Count} handlers).");
}

/// <summary>What a task handler may want to know of its invocation.</summary>
public sealed record TaskContext(string RequestId, DateTimeOffset Deadline, string? TraceId, string FunctionArn);
