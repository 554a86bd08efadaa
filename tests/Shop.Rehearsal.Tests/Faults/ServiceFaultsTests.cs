using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Faults;

namespace Shop.Rehearsal.Tests.Faults;

/// <summary>A played service that counts its calls, behind faults.</summary>
public sealed class ServiceFaultsTests : IAsyncLifetime
{
    private readonly ServiceFaults _faults = new();
    private readonly HttpClient _http = new();
    private AwsJsonServer _server = null!;
    private int _calls;

    public async ValueTask InitializeAsync() => _server = await AwsJsonServer.StartAsync(null, [], AnswerAsync, _faults, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Throttled_and_failing_services_do_nothing()
    {
        _faults.Set("dynamodb", new(ServiceFaultKind.Throttled));
        Assert.Equal((HttpStatusCode.BadRequest, 0), (await StatusAsync("DynamoDB_20120810.GetItem"), _calls));
        _faults.Set("dynamodb", new(ServiceFaultKind.Failing));
        Assert.Equal((HttpStatusCode.InternalServerError, 0), (await StatusAsync("DynamoDB_20120810.GetItem"), _calls));
        Assert.Equal(1, _faults.Met("dynamodb"));

        _faults.Set("dynamodb", null);
        Assert.Equal((HttpStatusCode.OK, 1), (await StatusAsync("DynamoDB_20120810.GetItem"), _calls));
    }

    [Fact]
    public async Task A_fault_of_one_action_leaves_the_others_alone_and_is_used_up()
    {
        _faults.Set("dynamodb", new(ServiceFaultKind.Failing, Action: "PutItem", Times: 2));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("DynamoDB_20120810.GetItem"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("secretsmanager.GetSecretValue"));
        Assert.Equal(
            [HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError, HttpStatusCode.OK],
            [await StatusAsync("DynamoDB_20120810.PutItem"), await StatusAsync("DynamoDB_20120810.PutItem"), await StatusAsync("DynamoDB_20120810.PutItem")]);
        Assert.Equal(2, _faults.Met("dynamodb"));
    }

    [Fact]
    public async Task A_stale_service_answers_as_before_and_still_does_what_it_is_told()
    {
        _faults.Set("dynamodb", new(ServiceFaultKind.Stale));
        var first = await TextAsync("DynamoDB_20120810.GetItem", "a");
        await TextAsync("DynamoDB_20120810.PutItem", "a");
        Assert.Equal(first, await TextAsync("DynamoDB_20120810.GetItem", "a"));
        Assert.NotEqual(first, await TextAsync("DynamoDB_20120810.GetItem", "b"));
        Assert.Equal(3, _calls);

        _faults.Set("dynamodb", null);
        Assert.NotEqual(first, await TextAsync("DynamoDB_20120810.GetItem", "a"));
    }

    [Fact]
    public async Task A_service_that_loses_answers_has_done_it_all_the_same()
    {
        _faults.Set("s3", new(ServiceFaultKind.LosesAnswers));
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(_server.Address, "bucket/key"));
        request.Headers.Add("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.InternalServerError, 1), (answer.StatusCode, _calls));
        Assert.DoesNotContain("answer", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_service_answers_late()
    {
        _faults.Set("secretsmanager", new(ServiceFaultKind.Slow, TimeSpan.FromMilliseconds(300)));
        var start = TimeProvider.System.GetTimestamp();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("secretsmanager.GetSecretValue"));
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public void A_service_that_is_not_played_can_not_be_broken() =>
        Assert.Contains("dynamodb", Assert.Throws<ArgumentException>(() => _faults.Set("sqs", new(ServiceFaultKind.Failing))).Message, StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<bool> AnswerAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref _calls);
        using var body = new StreamReader(context.Request.Body);
        await context.Response.WriteAsync($"answer {number} to {await body.ReadToEndAsync()}");
        return true;
    }

    private async Task<HttpStatusCode> StatusAsync(string target)
    {
        using var answer = await SendAsync(target, "x");
        return answer.StatusCode;
    }

    private async Task<string> TextAsync(string target, string body)
    {
        using var answer = await SendAsync(target, body);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(string target, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Address) { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0") };
        request.Headers.Add("X-Amz-Target", target);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
