using Microsoft.AspNetCore.Builder;
using Shop.Lambda.Http;
using Shop.Testing;

namespace Shop.Lambda.Tests;

public sealed class HttpConventionsTests
{
    [Theory]
    [InlineData("GET", "/nothing/here", null, 404, "not-found", null)]
    [InlineData("GET", "/things/2", null, 404, "not-found", null)]
    [InlineData("DELETE", "/things", null, 405, "method-not-allowed", null)]
    [InlineData("GET", "/things/1?page=many", null, 400, "invalid-request", "page")]
    [InlineData("POST", "/things", "{", 400, "invalid-request", "$")]
    [InlineData("POST", "/things", "null", 400, "invalid-request", "$")]
    [InlineData("POST", "/things", """{"name":"a"}""", 400, "invalid-request", "parts quantity")]
    [InlineData("POST", "/things", """{"name":null,"quantity":1,"parts":[]}""", 400, "invalid-request", "name")]
    [InlineData("POST", "/things", """{"name":"a","quantity":"x","parts":[]}""", 400, "invalid-request", "quantity")]
    [InlineData("POST", "/things", """{"name":"a","quantity":1,"parts":[{"productId":1,"count":1}]}""", 400, "invalid-request", "parts[0].productId")]
    [InlineData("POST", "/things", """{"name":"a","quantity":1,"parts":[{"productId":"p"}]}""", 400, "invalid-request", "parts[0].count")]
    [InlineData("POST", "/things", """{"name":"a","quantity":99999999999,"parts":[]}""", 400, "invalid-request", "quantity")]
    [InlineData("GET", "/boom", null, 500, "unexpected", null)]
    [InlineData("GET", "/gone", null, 503, "unavailable", null)]
    public async Task Mistakes_are_answered_as_problems_that_name_the_field(
        string method, string path, string? body, int status, string type, string? fields)
    {
        await using var function = await Functions.StartAsync();

        using var answer = await function.SendAsync(new HttpMethod(method), path, body);

        var problem = await answer.ReadJsonAsync();
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal($"urn:shop:problem:{type}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal("eu-test-1", Assert.Single(answer.Headers.GetValues("X-Region")));
        Assert.DoesNotContain("secret", problem.GetRawText());
        var named = problem.TryGetProperty("errors", out var errors)
            ? string.Join(' ', errors.EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal))
            : null;
        Assert.Equal(fields, named);
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_415()
    {
        await using var function = await Functions.StartAsync();
        using var content = new StringContent("name=a", null, "application/x-www-form-urlencoded");

        using var answer = await function.Http.PostAsync(new Uri("/things", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(415, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_body_over_one_megabyte_is_413()
    {
        await using var function = await Functions.StartAsync();

        using var answer = await function.SendAsync(HttpMethod.Post, "/things", $$"""{"name":"{{new string('a', 1024 * 1024)}}"}""");

        Assert.Equal(413, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_dependency_that_is_down_tells_when_to_try_again()
    {
        await using var function = await Functions.StartAsync();

        using var answer = await function.SendAsync(HttpMethod.Get, "/gone");

        Assert.Equal("2", answer.Headers.RetryAfter?.ToString());
    }

    [Fact]
    public async Task A_wrong_method_lists_the_right_ones()
    {
        await using var function = await Functions.StartAsync();

        using var answer = await function.SendAsync(HttpMethod.Delete, "/things");

        Assert.Equal("POST", Assert.Single(answer.Content.Headers.Allow));
    }

    [Fact]
    public async Task Half_an_answer_is_dropped_when_the_handler_fails()
    {
        await using var function = await Functions.StartAsync(f => f.Map("/half", async context =>
        {
            context.Response.Headers["X-Half"] = "yes";
            context.Response.ContentType = "text/plain";
            await context.Response.Body.WriteAsync("half an answer"u8.ToArray());
            await context.Response.BodyWriter.WriteAsync("and more"u8.ToArray());
            throw new InvalidOperationException("no more");
        }));

        using var answer = await function.SendAsync(HttpMethod.Get, "/half");

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.False(answer.Headers.Contains("X-Half"));
        Assert.DoesNotContain("half an answer", await answer.ReadTextAsync());
    }

    [Theory]
    [InlineData("/things/health", 503, """{"status":"unavailable","region":"eu-test-1","dependencies":{"cache":"unavailable","database":"ok"}}""")]
    [InlineData("/other/health", 503, """{"status":"unavailable","region":"eu-test-1","dependencies":{"cache":"unavailable","database":"ok"}}""")]
    [InlineData("/things/health?shallow=true", 200, """{"status":"ok","region":"eu-test-1","dependencies":{}}""")]
    public async Task Health_looks_at_the_dependencies_unless_asked_not_to(string path, int status, string body)
    {
        await using var function = await Functions.StartAsync(f => f.MapHealth(
            ["/things", "/other"],
            new HealthCheck("database", _ => Task.CompletedTask),
            new HealthCheck("cache", _ => throw new TimeoutException())));

        using var answer = await function.SendAsync(HttpMethod.Get, path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(body, await answer.ReadTextAsync());
    }

    [Fact]
    public void Validation_collects_every_mistake_by_field()
    {
        var validation = new Validation();
        validation.Text("", 10, "name");
        validation.Text(new string('x', 11), 10, "note");
        validation.Range(0, 1, 100, "size");
        validation.Check(true, "fine", "never said");

        var problem = validation.Problem!.Value;

        Assert.Equal(["name", "note", "size"], problem.Errors!.Keys.Order());
        Assert.Equal(400, problem.Status);
        Assert.Throws<ProblemException>(validation.ThrowIfInvalid);
    }
}
