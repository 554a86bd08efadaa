using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Shop.Lambda.Logging;

/// <summary>The members of one line: the first key of a name wins, names become snake_case.</summary>
internal sealed class LogRecord(Utf8JsonWriter json)
{
    // ASP.NET Core's own scope: the path holds customers' ids.
    private static readonly FrozenSet<string> Left = ["{OriginalFormat}", "RequestPath", "RequestId", "ConnectionId"];

    private readonly HashSet<string> _names = [];

    /// <summary>Adds what a log state or a scope carries.</summary>
    public void Add(object? state)
    {
        if (state is CorrelationScope correlation)
            Add("correlation_id", correlation.CorrelationId);
        else if (state is IEnumerable<KeyValuePair<string, object?>> pairs)
            foreach (var (name, value) in pairs)
                if (!Left.Contains(name))
                    Add(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), value);
    }

    public void Add(string name, object? value)
    {
        if (value is null || !_names.Add(name))
            return;
        json.WritePropertyName(name);
        Write(value);
    }

    private void Write(object value)
    {
        switch (value)
        {
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case DateTimeOffset time: json.WriteStringValue(time.UtcDateTime.ToString("o")); break;
            case Exception exception: Write(exception); break;
            case IFormattable text: json.WriteStringValue(text.ToString(null, CultureInfo.InvariantCulture)); break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }

    private void Write(Exception exception)
    {
        json.WriteStartObject();
        json.WriteString("type", exception.GetType().FullName);
        json.WriteString("message", ExceptionText.Of(exception));
        json.WriteString("source", exception.Source);
        json.WriteString("stack_trace", exception.StackTrace);
        if (exception.InnerException is { } inner)
        {
            json.WritePropertyName("inner_exception");
            Write(inner);
        }

        json.WriteEndObject();
    }
}
