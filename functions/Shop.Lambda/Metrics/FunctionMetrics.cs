using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Shop.Lambda.Logging;
using Shop.Lambda.Runtime;

namespace Shop.Lambda.Metrics;

/// <summary>
/// Metrics as lines of CloudWatch's embedded metric format on stdout: counted while a request is served, written when it ends. Namespace
/// <c>POWERTOOLS_METRICS_NAMESPACE</c> (<c>ecommerce</c>), dimensions <c>Service</c> and <c>Region</c>.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html</remarks>
public sealed class FunctionMetrics
{
    // Of the format: more of either makes CloudWatch drop the line.
    internal const int MaximumMetrics = 100;
    internal const int MaximumValues = 100;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (MetricUnit Unit, List<double> Values)> _metrics = [];
    private readonly FunctionEnvironment _environment;
    private readonly TimeProvider _time;
    private readonly Stream _output;
    private readonly string _namespace;
    private bool _isColdStartTold;

    public FunctionMetrics(FunctionEnvironment environment, TimeProvider time)
        : this(environment, time, JsonLogProvider.StandardOutput)
    {
    }

    internal FunctionMetrics(FunctionEnvironment environment, TimeProvider time, Stream output)
    {
        _environment = environment;
        _time = time;
        _output = output;
        _namespace = environment["POWERTOOLS_METRICS_NAMESPACE"] ?? "ecommerce";
        if (string.IsNullOrWhiteSpace(_namespace) || _namespace.Length > 255)
            throw new InvalidOperationException($"POWERTOOLS_METRICS_NAMESPACE is '{_namespace}'; expected 1 to 255 characters.");
    }

    public void Count(string name, double value = 1) => Add(name, value, MetricUnit.Count);

    /// <exception cref="ArgumentException">The value is negative or no number, the name empty or used with another unit.</exception>
    public void Add(string name, double value, MetricUnit unit)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!double.IsFinite(value) || value < 0)
            throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a number that is not negative.");
        lock (_lock)
        {
            if (!_metrics.TryGetValue(name, out var metric))
            {
                if (_metrics.Count == MaximumMetrics)
                    WriteAll();
                _metrics[name] = metric = (unit, []);
            }

            if (metric.Unit != unit)
                throw new ArgumentException($"{name} is counted in {metric.Unit} already, not in {unit}.", nameof(unit));
            metric.Values.Add(value);
            if (metric.Values.Count == MaximumValues)
                WriteAll();
        }
    }

    /// <summary>Writes what was counted since the last time, in one line; without anything, nothing.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            if (InvocationContext.Current is { IsColdStart: true } && !_isColdStartTold)
            {
                _isColdStartTold = true;
                Write(
                    [("Service", _environment.Service), ("FunctionName", _environment.FunctionName)],
                    new() { ["ColdStart"] = (MetricUnit.Count, [1]) });
            }

            WriteAll();
        }
    }

    private void WriteAll()
    {
        if (_metrics.Count == 0)
            return;
        Write([("Service", _environment.Service), ("Region", _environment.Region)], _metrics);
        _metrics.Clear();
    }

    private void Write((string Name, string Value)[] dimensions, Dictionary<string, (MetricUnit Unit, List<double> Values)> metrics)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteDirective(json, dimensions, metrics);
            foreach (var (name, value) in dimensions)
                json.WriteString(name, value);
            foreach (var (name, (_, values)) in metrics)
                WriteValues(json, name, values);
            // Not a dimension: a metric per request would be a metric nobody can afford.
            if (InvocationContext.Current is { } invocation)
                json.WriteString("function_request_id", invocation.RequestId);
            if (CorrelationContext.Current is { } correlation)
                json.WriteString("correlation_id", correlation);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        JsonLogProvider.WriteLine(_output, buffer.WrittenSpan);
    }

    private void WriteDirective(
        Utf8JsonWriter json, (string Name, string Value)[] dimensions, Dictionary<string, (MetricUnit Unit, List<double> Values)> metrics)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", _time.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", _namespace);
        json.WriteStartArray("Metrics");
        foreach (var (name, (unit, _)) in metrics)
        {
            json.WriteStartObject();
            json.WriteString("Name", name);
            json.WriteString("Unit", unit.Name());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        foreach (var (name, _) in dimensions)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, string name, List<double> values)
    {
        if (values is [var only])
        {
            json.WriteNumber(name, only);
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
