using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Shop.Lambda.Tests;

public sealed class TracePropagationTests
{
    [Fact]
    public async Task Calls_made_for_a_request_carry_its_trace()
    {
        var seen = new Recorder();
        using var http = new HttpClient(new TracePropagation(seen));
        await using var function = await Functions.StartAsync(f => f.Map("/call", async context =>
        {
            using var answer = await http.GetAsync(new Uri("http://other.example/"), context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
        }));

        using var first = await function.SendAsync(HttpMethod.Get, "/call", null, ("X-Amzn-Trace-Id", "Root=1-a"));
        using var second = await function.SendAsync(HttpMethod.Get, "/call", null, ("X-Amzn-Trace-Id", "Root=1-b"));

        Assert.Equal(["Root=1-a", "Root=1-b"], seen.Traces);
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public List<string> Traces { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Traces.Add(string.Join('|', request.Headers.GetValues("X-Amzn-Trace-Id")));
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
