using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Shop.Lambda.Logging;
using Shop.Lambda.Runtime;

namespace Shop.Lambda.Tests;

public sealed class JsonLogTests
{
    [Fact]
    public void A_line_has_the_keys_of_powertools()
    {
        var line = Write(log =>
        {
            InvocationContext.Current = new InvocationContext("req-1", DateTimeOffset.MaxValue, "arn:f", "Self=1-x;Root=1-5759e988-bd86;Parent=1", true);
            using (log.BeginScope(new CorrelationScope("corr-1")))
                log.LogInformation("Placed {OrderId} for {Total}", "o1", 1250);
        });

        Assert.Equal(
            ["cold_start", "xray_trace_id", "function_name", "function_memory_size", "function_arn", "function_request_id", "correlation_id",
             "order_id", "total", "timestamp", "level", "service", "name", "message"],
            line.EnumerateObject().Select(p => p.Name));
        Assert.True(line.GetProperty("cold_start").GetBoolean());
        Assert.Equal("1-5759e988-bd86", line.GetProperty("xray_trace_id").GetString());
        Assert.Equal(512, line.GetProperty("function_memory_size").GetInt32());
        Assert.Equal(1250, line.GetProperty("total").GetInt32());
        Assert.Equal("Information", line.GetProperty("level").GetString());
        Assert.Equal("orders", line.GetProperty("service").GetString());
        Assert.Equal("Placed o1 for 1250", line.GetProperty("message").GetString());
        Assert.EndsWith("Z", line.GetProperty("timestamp").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_is_an_object_with_its_cause()
    {
        var line = Write(log => log.LogError(new InvalidOperationException("outer", new TimeoutException("inner")), "It failed"));

        var exception = line.GetProperty("exception");
        Assert.Equal("System.InvalidOperationException", exception.GetProperty("type").GetString());
        Assert.Equal("inner", exception.GetProperty("inner_exception").GetProperty("message").GetString());
    }

    [Fact]
    public void Paths_of_requests_stay_out()
    {
        var line = Write(log =>
        {
            using (log.BeginScope(new Dictionary<string, object?> { ["RequestPath"] = "/carts/alice", ["tenant"] = "t1" }))
                log.LogInformation("Done");
        });

        Assert.DoesNotContain("alice", line.GetRawText());
        Assert.Equal("t1", line.GetProperty("tenant").GetString());
    }

    private static JsonElement Write(Action<ILogger> write)
    {
        using var output = new MemoryStream();
        var environment = new FunctionEnvironment(new Dictionary<string, string?>
        {
            ["AWS_LAMBDA_FUNCTION_NAME"] = "shop-orders",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512",
            ["POWERTOOLS_SERVICE_NAME"] = "orders",
        });
        using var provider = new JsonLogProvider(environment, output);
        write(provider.CreateLogger("test"));
        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        return JsonDocument.Parse(text).RootElement;
    }
}
