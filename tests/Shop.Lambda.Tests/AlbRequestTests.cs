using System.Text;
using System.Text.Json;
using Shop.Lambda.Sample;
using Shop.Testing;

namespace Shop.Lambda.Tests;

/// <summary>What a function sees of the events that load balancers send.</summary>
public sealed class AlbRequestTests
{
    private const string Multi =
        """
        {"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/t/0123456789abcdef"}},
         "httpMethod":"GET","path":"/echo","multiValueQueryStringParameters":{},"multiValueHeaders":{"host":["store.example"]},"body":"","isBase64Encoded":false}
        """;

    private const string Single =
        """{"httpMethod":"GET","path":"/echo","queryStringParameters":{},"headers":{"host":"store.example"},"body":"","isBase64Encoded":false}""";

    [Fact]
    public async Task Several_values_of_a_header_all_arrive()
    {
        var echo = await EchoAsync(Multi.Replace("""{"host":["store.example"]}""", """{"accept":["text/html","text/plain"],"cookie":["a=1; b=2"]}""", StringComparison.Ordinal));

        Assert.Equal(["text/html", "text/plain"], echo.Headers["accept"]);
        Assert.Equal(["a=1; b=2"], echo.Headers["cookie"]);
    }

    [Fact]
    public async Task A_query_that_is_encoded_already_is_not_encoded_again()
    {
        var echo = await EchoAsync(Multi.Replace(
            "\"multiValueQueryStringParameters\":{}",
            """ "multiValueQueryStringParameters":{"when":["2019-03-12T16%3A06%3A06.5%2B00%3A00"],"tag":["a%26b","c+d"],"flag":[""]} """,
            StringComparison.Ordinal));

        Assert.Equal("/echo?when=2019-03-12T16%3A06%3A06.5%2B00%3A00&tag=a%26b&tag=c+d&flag=", echo.RawTarget);
        Assert.Equal(["2019-03-12T16:06:06.5+00:00"], echo.Query["when"]);
        Assert.Equal(["a&b", "c d"], echo.Query["tag"]);
        Assert.Equal([""], echo.Query["flag"]);
    }

    [Theory]
    [InlineData("\"queryStringParameters\":{},", "")]
    [InlineData("\"queryStringParameters\":{},", "\"queryStringParameters\":null,")]
    [InlineData("nothing", "nothing")]
    public async Task A_request_without_a_query_has_none(string part, string replacement)
    {
        var echo = await EchoAsync(Single.Replace(part, replacement, StringComparison.Ordinal));

        Assert.Equal("/echo", echo.RawTarget);
        Assert.Empty(echo.Query);
    }

    [Theory]
    [InlineData("/echo/foo%25bar", "/echo/foo%bar")]
    [InlineData("/echo/foo%2Fbar", "/echo/foo%2Fbar")]
    [InlineData("/echo/foo+bar", "/echo/foo+bar")]
    [InlineData("/echo/caf%C3%A9%20noir", "/echo/café noir")]
    [InlineData("/echo/a//b/", "/echo/a//b/")]
    public async Task Paths_are_decoded_once_but_for_slashes(string sent, string seen)
    {
        var echo = await EchoAsync(Multi.Replace("\"/echo\"", $"\"{sent}\"", StringComparison.Ordinal));

        Assert.Equal(seen, echo.Path);
        Assert.Equal(sent, echo.RawTarget);
    }

    [Theory]
    [InlineData("\"body\":\"\",", "\"body\":\"caf\\u00e9 \\\"x\\\"\",", "café \"x\"")]
    [InlineData("\"body\":\"\",\"isBase64Encoded\":false", "\"body\":\"R3JlZXRpbmdzIQ==\",\"isBase64Encoded\":true", "Greetings!")]
    [InlineData("\"body\":\"\",\"isBase64Encoded\":false", "\"isBase64Encoded\":true,\"body\":\"R3JlZXRpbmdzIQ==\"", "Greetings!")]
    [InlineData("\"body\":\"\",", "\"body\":null,", "")]
    [InlineData("\"body\":\"\",", "", "")]
    public async Task Bodies_come_as_text_base64_or_not_at_all(string part, string replacement, string body)
    {
        var json = Single.Replace("GET", "POST", StringComparison.Ordinal).Replace(part, replacement, StringComparison.Ordinal);
        Assert.Contains(replacement, json);

        var echo = await EchoAsync(json);

        Assert.Equal(body, Encoding.UTF8.GetString(Convert.FromBase64String(echo.Body)));
        Assert.Equal([Encoding.UTF8.GetByteCount(body).ToString()], echo.Headers["content-length"]);
        Assert.Equal(body.Length > 0, echo.CanHaveBody);
    }

    [Fact]
    public async Task A_content_length_that_contradicts_the_body_is_corrected()
    {
        var echo = await EchoAsync(Single
            .Replace("\"host\":\"store.example\"", "\"content-length\":\"99\",\"transfer-encoding\":\"chunked\"", StringComparison.Ordinal)
            .Replace("\"body\":\"\"", "\"body\":\"12345\"", StringComparison.Ordinal));

        Assert.Equal(["5"], echo.Headers["content-length"]);
        Assert.DoesNotContain("transfer-encoding", echo.Headers.Keys);
    }

    [Fact]
    public async Task Only_the_address_that_the_load_balancer_saw_is_believed()
    {
        var echo = await EchoAsync(Single.Replace(
            "\"host\":\"store.example\"",
            "\"x-forwarded-for\":\"10.1.1.1, 203.0.113.7\",\"x-forwarded-proto\":\"https\",\"x-forwarded-port\":\"443\"",
            StringComparison.Ordinal));

        Assert.Equal(("203.0.113.7", "https", 443), (echo.Remote, echo.Scheme, echo.Port));
    }

    [Theory]
    [InlineData("\"x-forwarded-port\":\"abc\"")]
    [InlineData("\"x-forwarded-port\":\"-1\",\"x-forwarded-for\":\"somewhere\",\"x-forwarded-proto\":\"gopher\"")]
    public async Task Forwarding_headers_that_make_no_sense_are_ignored(string headers)
    {
        var echo = await EchoAsync(Single.Replace("\"host\":\"store.example\"", headers, StringComparison.Ordinal));

        Assert.Equal(("127.0.0.1", "http", 0), (echo.Remote, echo.Scheme, echo.Port));
    }

    [Fact]
    public async Task A_health_check_without_host_and_forwarding_headers_is_served()
    {
        var echo = await EchoAsync(Single.Replace("\"host\":\"store.example\"", "\"user-agent\":\"ELB-HealthChecker/2.0\"", StringComparison.Ordinal));

        Assert.Equal("localhost", echo.Host);
    }

    [Fact]
    public async Task A_body_that_is_not_base64_is_the_clients_mistake_and_the_next_event_is_served()
    {
        await using var function = await Functions.StartAsync();

        var broken = await function.InvokeAsync(Single.Replace("\"body\":\"\",\"isBase64Encoded\":false", "\"body\":\"&&&\",\"isBase64Encoded\":true", StringComparison.Ordinal));
        var next = await function.InvokeAsync(Single);

        Assert.Equal(400, JsonDocument.Parse(broken.Payload).RootElement.GetProperty("statusCode").GetInt32());
        Assert.Equal(200, JsonDocument.Parse(next.Payload).RootElement.GetProperty("statusCode").GetInt32());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"httpMethod\":5}")]
    [InlineData("{\"httpMethod\":\"GET\",\"path\":\"/echo\",\"headers\":[]}")]
    public async Task A_payload_that_is_no_event_is_a_function_error(string payload)
    {
        await using var function = await Functions.StartAsync();

        var result = await function.InvokeAsync(payload);
        var next = await function.InvokeAsync(Single);

        Assert.True(result.IsError);
        Assert.Contains("Shop.InvalidEvent", Encoding.UTF8.GetString(result.Payload.Span));
        Assert.False(next.IsError);
    }

    [Fact]
    public async Task Unknown_members_of_an_event_are_skipped()
    {
        var echo = await EchoAsync(Single.Replace("\"httpMethod\"", "\"new\":{\"a\":[1,{\"body\":\"x\"}]},\"httpMethod\"", StringComparison.Ordinal));

        Assert.Equal("GET", echo.Method);
    }

    private static async Task<Echo> EchoAsync(string json)
    {
        await using var function = await Functions.StartAsync();
        var result = await function.InvokeAsync(json);
        Assert.False(result.IsError, Encoding.UTF8.GetString(result.Payload.Span));
        var answer = JsonDocument.Parse(result.Payload).RootElement;
        Assert.Equal(200, answer.GetProperty("statusCode").GetInt32());
        return JsonSerializer.Deserialize(answer.GetProperty("body").GetString()!, SampleJson.Default.Echo)!;
    }
}
