using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Shop.Lambda.Runtime;

namespace Shop.Lambda.Logging;

internal sealed class JsonLogger(JsonLogProvider provider, string category) : ILogger
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;

        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            var record = new LogRecord(json);
            WriteContext(record);
            provider.Scopes.ForEachScope(static (scope, r) => r.Add(scope), record);
            record.Add(state);
            record.Add("timestamp", TimeProvider.System.GetUtcNow().UtcDateTime.ToString("o"));
            record.Add("level", logLevel.ToString());
            record.Add("service", provider.Service);
            record.Add("name", category);
            record.Add("message", formatter(state, exception));
            if (exception is not null)
                record.Add("exception", exception);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        provider.Write(buffer.WrittenSpan);
    }

    private void WriteContext(LogRecord record)
    {
        var environment = provider.Environment;
        if (InvocationContext.Current is { } invocation)
        {
            record.Add("cold_start", invocation.IsColdStart);
            record.Add("xray_trace_id", TraceContext.RootOf(invocation.TraceId));
        }

        record.Add("function_name", environment["AWS_LAMBDA_FUNCTION_NAME"]);
        record.Add("function_version", environment["AWS_LAMBDA_FUNCTION_VERSION"]);
        if (int.TryParse(environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"], out var memory))
            record.Add("function_memory_size", memory);
        record.Add("function_arn", InvocationContext.Current?.FunctionArn);
        record.Add("function_request_id", InvocationContext.Current?.RequestId);
    }
}
