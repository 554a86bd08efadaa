using System.Net;
using System.Text;
using System.Text.Json;
using Shop.Rehearsal.LoadBalancing;
using Shop.Testing;

namespace Shop.Lambda.Tests.Rehearsal;

public sealed class LoadBalancerTests
{
    private const string Ok = """{"statusCode":200,"multiValueHeaders":{},"body":"ok","isBase64Encoded":false}""";

    [Fact]
    public async Task Paths_choose_the_function_in_the_order_of_the_rules()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("carts", Answer(Ok.Replace("ok", "carts", StringComparison.Ordinal)));
        region.DeployShell("rest", Answer(Ok.Replace("ok", "rest", StringComparison.Ordinal)));
        await region.BalanceAsync(null, new ListenerRule("/carts*", "carts"), new ListenerRule("/?est", "rest"), new ListenerRule("/none", "missing"));

        Assert.Equal("carts", await region.Http.GetStringAsync(new Uri("/carts/x/items", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal("rest", await region.Http.GetStringAsync(new Uri("/rest", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(region, "/none"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(region, "/elsewhere"));
    }

    [Fact]
    public async Task The_event_is_what_a_target_group_sends()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("echo", """answer "{\"statusCode\":200,\"multiValueHeaders\":{},\"body\":\"$(printf %s "$event" | base64 -w0)\",\"isBase64Encoded\":true}" """);
        await region.BalanceAsync(null, new ListenerRule("/*", "echo"));

        using var answer = await region.PostAsync(
            "/a%20b/c?tag=1&tag=2%2B3&flag", "\"é\"", ("X-Forwarded-For", "203.0.113.7"), ("X-Amzn-Trace-Id", "Root=1-abc"), ("Accept", "text/html"));

        var e = await answer.ReadJsonAsync();
        Assert.Equal("POST", e.GetProperty("httpMethod").GetString());
        Assert.Equal("/a%20b/c", e.GetProperty("path").GetString());
        Assert.StartsWith(
            "arn:aws:elasticloadbalancing:eu-test-1:000000000000:targetgroup/echo/",
            e.GetProperty("requestContext").GetProperty("elb").GetProperty("targetGroupArn").GetString(), StringComparison.Ordinal);
        Assert.Equal("""{"tag":["1","2%2B3"],"flag":[""]}""", e.GetProperty("multiValueQueryStringParameters").GetRawText());
        Assert.Equal("\"é\"", e.GetProperty("body").GetString());
        var headers = e.GetProperty("multiValueHeaders");
        Assert.Equal("203.0.113.7, 127.0.0.1", headers.GetProperty("x-forwarded-for")[0].GetString());
        Assert.Equal("http", headers.GetProperty("x-forwarded-proto")[0].GetString());
        Assert.Equal(region.LoadBalancer!.Address.Port.ToString(), headers.GetProperty("x-forwarded-port")[0].GetString());
        Assert.Equal("text/html", headers.GetProperty("accept")[0].GetString());
        Assert.Matches("^Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-abc$", headers.GetProperty("x-amzn-trace-id")[0].GetString());
    }

    [Fact]
    public async Task A_trace_begins_at_the_load_balancer()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("echo", """answer "{\"statusCode\":200,\"multiValueHeaders\":{},\"body\":\"$(printf %s "$event" | base64 -w0)\",\"isBase64Encoded\":true}" """);
        await region.BalanceAsync(null, new ListenerRule("/*", "echo"));

        using var answer = await region.PostAsync("/", "{}");

        var headers = (await answer.ReadJsonAsync()).GetProperty("multiValueHeaders");
        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$", headers.GetProperty("x-amzn-trace-id")[0].GetString());
    }

    [Theory]
    [InlineData("answer nonsense")]
    [InlineData("answer '[]'")]
    [InlineData("answer '{\"statusCode\":\"many\"}'")]
    [InlineData("answer '{\"statusCode\":200,\"multiValueHeaders\":{\"Location\":[\"/caf\u00e9\"]},\"body\":\"\"}'")]
    [InlineData("answer '{\"statusCode\":99,\"body\":\"\"}'")]
    [InlineData("answer '{\"statusCode\":200,\"body\":\"&\",\"isBase64Encoded\":true}'")]
    [InlineData("fail '{\"errorType\":\"X\"}'")]
    [InlineData("exit 1")]
    public async Task What_is_no_answer_is_a_502(string body)
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("bad", body);
        await region.BalanceAsync(null, new ListenerRule("/*", "bad"));

        Assert.Equal(HttpStatusCode.BadGateway, await StatusAsync(region, "/"));
    }

    [Fact]
    public async Task Status_reason_cookies_and_bytes_reach_the_client()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("full", Answer(
            """{"statusCode":303,"statusDescription":"303 Look There","multiValueHeaders":{"Location":["/there"],"Set-Cookie":["a=1","b=2"],"Connection":["close"]},"body":"AP8=","isBase64Encoded":true}"""));
        await region.BalanceAsync(null, new ListenerRule("/*", "full"));

        using var answer = await region.PostAsync("/", "{}");

        Assert.Equal((303, "Look There"), ((int)answer.StatusCode, answer.ReasonPhrase));
        Assert.Equal(["a=1", "b=2"], answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal("/there", answer.Headers.Location?.ToString());
        Assert.Equal([0x00, 0xff], await answer.ReadBytesAsync());
        Assert.NotEqual(true, answer.Headers.ConnectionClose);
    }

    [Fact]
    public async Task A_body_over_one_megabyte_is_refused_before_the_function()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("any", Answer(Ok));
        await region.BalanceAsync(null, new ListenerRule("/*", "any"));

        using var large = await region.PostAsync("/", new string(' ', 1024 * 1024 + 1));

        Assert.Equal(413, (int)large.StatusCode);
        Assert.Empty(region.Lambda.WorkersOf("any"));
    }

    [Fact]
    public async Task A_target_that_takes_too_long_is_a_504()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("slow", "sleep 60");
        await region.BalanceAsync(o => o with { IdleTimeout = TimeSpan.FromMilliseconds(300) }, new ListenerRule("/*", "slow"));

        Assert.Equal(HttpStatusCode.GatewayTimeout, await StatusAsync(region, "/"));
    }

    [Fact]
    public async Task A_lost_region_hangs_up_on_everybody_and_serves_again_when_it_is_back()
    {
        await using var region = await TestRegion.StartAsync();
        region.DeployShell("some", $"""case "$event" in *slow*) sleep 60;; esac; {Answer(Ok)}""");
        await region.BalanceAsync(null, new ListenerRule("/*", "some"));
        await region.Lambda.WarmAsync("some");
        var caught = StatusAsync(region, "/slow");
        await Task.Delay(100, TestContext.Current.CancellationToken);

        region.Power.TurnOff();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => caught);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => StatusAsync(region, "/"));
        region.Power.TurnOn();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(region, "/"));
    }

    [Theory]
    [InlineData("text/plain", "", "616263", false)]
    [InlineData("application/json", "", "e9", true)]
    [InlineData("application/json", "gzip", "7b7d", true)]
    [InlineData("image/png", "", "616263", true)]
    [InlineData("", "", "616263", true)]
    [InlineData("", "", "", false)]
    public void Bodies_go_as_base64_unless_they_are_text(string type, string encoding, string hex, bool base64)
    {
        var request = new AlbRequest("POST", "/", "", [new("content-type", type), new("content-encoding", encoding)], Convert.FromHexString(hex));

        var e = JsonDocument.Parse(AlbEvent.Write(request, "arn")).RootElement;

        Assert.Equal(base64, e.GetProperty("isBase64Encoded").GetBoolean());
        var body = e.GetProperty("body").GetString()!;
        Assert.Equal(hex, Convert.ToHexStringLower(base64 ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body)));
    }

    private static string Answer(string json) => $"answer '{json}'";

    private static async Task<HttpStatusCode> StatusAsync(TestRegion region, string path)
    {
        using var answer = await region.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
