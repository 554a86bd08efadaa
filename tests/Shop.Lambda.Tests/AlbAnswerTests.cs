using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Shop.Testing;

namespace Shop.Lambda.Tests;

/// <summary>What a load balancer gets back.</summary>
public sealed class AlbAnswerTests
{
    [Fact]
    public async Task The_answer_has_the_header_form_of_the_event_and_no_other()
    {
        var multi = await AnswerAsync(true, context => context.Response.WriteAsync("x"));
        var single = await AnswerAsync(false, context => context.Response.WriteAsync("x"));

        Assert.Equal("eu-test-1", multi.GetProperty("multiValueHeaders").GetProperty("X-Region")[0].GetString());
        Assert.False(multi.TryGetProperty("headers", out _));
        Assert.Equal("eu-test-1", single.GetProperty("headers").GetProperty("X-Region").GetString());
        Assert.False(single.TryGetProperty("multiValueHeaders", out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_cookie_survives(bool multiValue)
    {
        var cookies = Enumerable.Range(0, 12).Select(i => $"c{i}={i}; Path=/").ToArray();

        var answer = await AnswerAsync(multiValue, context =>
        {
            context.Response.Headers.SetCookie = cookies;
            return Task.CompletedTask;
        });

        Assert.Equal(cookies, Values(answer, "set-cookie"));
    }

    [Fact]
    public async Task Repeated_headers_are_joined_where_only_one_value_fits()
    {
        var answer = await AnswerAsync(false, context =>
        {
            context.Response.Headers.Append("Vary", "Accept");
            context.Response.Headers.Append("Vary", "Origin");
            return Task.CompletedTask;
        });

        Assert.Equal(["Accept,Origin"], Values(answer, "vary"));
    }

    [Theory]
    [InlineData("text/plain", "63616665", false)]
    [InlineData("application/json; charset=utf-8", "7b7d", false)]
    [InlineData("application/problem+json", "7b7d", false)]
    [InlineData("image/svg+xml", "3c2f3e", false)]
    [InlineData("text/plain; charset=iso-8859-1", "636166e9", true)]
    [InlineData("text/plain", "636166e9", true)]
    [InlineData("image/webp", "52494646", true)]
    [InlineData("application/octet-stream", "00ff", true)]
    public async Task Bodies_arrive_byte_for_byte(string type, string hex, bool base64)
    {
        var bytes = Convert.FromHexString(hex);

        var answer = await AnswerAsync(true, context =>
        {
            context.Response.ContentType = type;
            return context.Response.Body.WriteAsync(bytes).AsTask();
        });

        var body = answer.GetProperty("body").GetString()!;
        Assert.Equal(base64, answer.GetProperty("isBase64Encoded").GetBoolean());
        Assert.Equal(bytes, base64 ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body));
    }

    [Fact]
    public async Task A_compressed_body_travels_as_base64()
    {
        var answer = await AnswerAsync(true, context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync(new byte[] { 0x1f, 0x20 }).AsTask();
        });

        Assert.True(answer.GetProperty("isBase64Encoded").GetBoolean());
    }

    [Theory]
    [InlineData(200, null, "200 OK")]
    [InlineData(303, null, "303 See Other")]
    [InlineData(404, null, "404 Not Found")]
    [InlineData(418, null, "418 I'm a teapot")]
    [InlineData(200, "Fine", "200 Fine")]
    [InlineData(299, null, "299")]
    public async Task The_description_is_code_and_reason(int status, string? reason, string description)
    {
        var answer = await AnswerAsync(true, context =>
        {
            context.Response.StatusCode = status;
            context.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = reason;
            context.Response.ContentType = "text/plain";
            return Task.CompletedTask;
        });

        Assert.Equal(status, answer.GetProperty("statusCode").GetInt32());
        Assert.Equal(description, answer.GetProperty("statusDescription").GetString());
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("GET", 204)]
    [InlineData("GET", 304)]
    public async Task Answers_that_can_have_no_body_have_none(string method, int status)
    {
        var answer = await AnswerAsync(true, method: method, handle: context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("a body");
        });

        Assert.Equal("", answer.GetProperty("body").GetString());
    }

    [Fact]
    public async Task An_answer_over_one_megabyte_becomes_a_problem()
    {
        var answer = await AnswerAsync(true, context => context.Response.WriteAsync(new string('x', 1024 * 1024)));

        Assert.Equal(500, answer.GetProperty("statusCode").GetInt32());
        Assert.Equal(["application/problem+json"], Values(answer, "content-type"));
    }

    [Fact]
    public async Task Callbacks_run_in_the_order_of_kestrel()
    {
        var order = new List<string>();
        await AnswerAsync(true, context =>
        {
            context.Response.OnStarting(() => Note("starting 1"));
            context.Response.OnStarting(() => Note("starting 2"));
            context.Response.OnCompleted(() => Note("completed 1"));
            context.Response.OnCompleted(() => Note("completed 2"));
            return context.Response.WriteAsync("x");
        });

        Assert.Equal(["starting 2", "starting 1", "completed 2", "completed 1"], order);

        Task Note(string what)
        {
            order.Add(what);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task The_trace_header_of_the_request_comes_back()
    {
        await using var function = await Functions.StartAsync();

        using var answer = await function.SendAsync(HttpMethod.Get, "/echo", null, ("X-Amzn-Trace-Id", "Root=1-67891233-abcdef012345678912345678"));

        Assert.Equal("Root=1-67891233-abcdef012345678912345678", Assert.Single(answer.Headers.GetValues("X-Amzn-Trace-Id")));
    }

    private static string[] Values(JsonElement answer, string name) =>
        answer.TryGetProperty("multiValueHeaders", out var multi)
            ? [.. multi.EnumerateObject().Single(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value.EnumerateArray().Select(v => v.GetString()!)]
            : [.. answer.GetProperty("headers").EnumerateObject().Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value.GetString()!)];

    private static async Task<JsonElement> AnswerAsync(bool multiValue, Func<HttpContext, Task> handle, string method = "GET")
    {
        await using var function = await Functions.StartAsync(f => f.Map("/it", (RequestDelegate)(context => handle(context))));
        var headers = multiValue ? "\"multiValueHeaders\":{}" : "\"headers\":{}";
        var result = await function.InvokeAsync($$"""{"httpMethod":"{{method}}","path":"/it",{{headers}},"body":"","isBase64Encoded":false}""");
        Assert.False(result.IsError, Encoding.UTF8.GetString(result.Payload.Span));
        return JsonDocument.Parse(result.Payload).RootElement;
    }
}
