using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Shop.Lambda.Metrics;
using Shop.Lambda.Runtime;

namespace Shop.Lambda.Tests;

public sealed class FunctionMetricsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1795456409356);

    [Fact]
    public void A_line_is_in_the_embedded_metric_format()
    {
        var line = Assert.Single(Write(m =>
        {
            m.Count("OrdersCreated");
            m.Add("Latency", 12.5, MetricUnit.Milliseconds);
            m.Add("Latency", 13, MetricUnit.Milliseconds);
            m.Add("Rate", 2, MetricUnit.BytesPerSecond);
        }));

        Assert.Equal(
            """
            {"_aws":{"Timestamp":1795456409356,"CloudWatchMetrics":[{"Namespace":"ecommerce","Metrics":[{"Name":"OrdersCreated","Unit":"Count"},{"Name":"Latency","Unit":"Milliseconds"},{"Name":"Rate","Unit":"Bytes/Second"}],"Dimensions":[["Service","Region"]]}]},"Service":"orders","Region":"us-east-1","OrdersCreated":1,"Latency":[12.5,13],"Rate":2}
            """,
            line);
    }

    [Fact]
    public void Nothing_counted_writes_nothing_and_nothing_is_written_twice()
    {
        Assert.Empty(Write(m => m.Flush()));
        Assert.Single(Write(m =>
        {
            m.Count("One");
            m.Flush();
        }));
    }

    [Fact]
    public void The_first_invocation_is_told_as_a_cold_start_once_in_a_line_of_its_own()
    {
        var lines = Write(m =>
        {
            InvocationContext.Current = new InvocationContext("r-1", DateTimeOffset.MaxValue, "arn", null, IsColdStart: true);
            m.Count("OrdersCreated");
            m.Flush();
            m.Count("OrdersCreated");
        });

        Assert.Equal(3, lines.Count);
        var cold = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal(1, cold.GetProperty("ColdStart").GetInt32());
        Assert.Equal("shop-orders", cold.GetProperty("FunctionName").GetString());
        Assert.Equal("""[["Service","FunctionName"]]""", Directive(lines[0]).GetProperty("Dimensions").GetRawText());
        Assert.Equal("r-1", JsonDocument.Parse(lines[1]).RootElement.GetProperty("function_request_id").GetString());
    }

    [Fact]
    public void No_line_has_more_than_the_format_takes_and_nothing_is_lost() =>
        Gen.Select(Gen.Int[1, 250], Gen.Int[1, 250]).Sample(
            (names, values) =>
            {
                var lines = Write(m =>
                {
                    for (var i = 0; i < names; i++)
                        m.Count($"M{i}");
                    for (var i = 0; i < values; i++)
                        m.Count("Many");
                });
                Assert.All(lines, line => Assert.InRange(Directive(line).GetProperty("Metrics").GetArrayLength(), 1, FunctionMetrics.MaximumMetrics));
                Assert.Equal(names, lines.Sum(l => JsonDocument.Parse(l).RootElement.EnumerateObject().Count(p => p.Name.StartsWith('M') && p.Name != "Many")));
                var counts = lines.Select(l => JsonDocument.Parse(l).RootElement).Where(l => l.TryGetProperty("Many", out _)).Select(l => l.GetProperty("Many")).ToList();
                Assert.All(counts, c => Assert.True(c.ValueKind == JsonValueKind.Number || c.GetArrayLength() <= FunctionMetrics.MaximumValues));
                Assert.Equal(values, counts.Sum(c => c.ValueKind == JsonValueKind.Number ? 1 : c.GetArrayLength()));
            },
            iter: 50);

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_cloudwatch_would_drop_is_refused(double value) =>
        Write(m => Assert.Throws<ArgumentOutOfRangeException>(() => m.Count("Bad", value)));

    [Fact]
    public void A_metric_has_one_unit_and_a_name_and_a_namespace()
    {
        Write(m =>
        {
            m.Count("Time");
            Assert.Throws<ArgumentException>(() => m.Add("Time", 1, MetricUnit.Seconds));
            Assert.Throws<ArgumentException>(() => m.Count(" "));
        });
        Assert.Throws<InvalidOperationException>(() => Write(_ => { }, " "));
    }

    private static JsonElement Directive(string line) => JsonDocument.Parse(line).RootElement.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];

    /// <summary>The lines of a function whose work is flushed at its end.</summary>
    private static List<string> Write(Action<FunctionMetrics> work, string? @namespace = null)
    {
        using var output = new MemoryStream();
        var environment = new FunctionEnvironment(new Dictionary<string, string?>
        {
            ["AWS_LAMBDA_FUNCTION_NAME"] = "shop-orders",
            ["AWS_REGION"] = "us-east-1",
            ["POWERTOOLS_SERVICE_NAME"] = "orders",
            ["POWERTOOLS_METRICS_NAMESPACE"] = @namespace,
        });
        var metrics = new FunctionMetrics(environment, new FakeTimeProvider(Now), output);
        // Contexts that a test sets must not reach the next one.
        ExecutionContext.Run(
            ExecutionContext.Capture()!,
            _ =>
            {
                work(metrics);
                metrics.Flush();
            },
            null);
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
