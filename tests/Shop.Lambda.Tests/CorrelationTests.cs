using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Shop.Lambda.Tests;

public sealed class CorrelationTests
{
    [Theory]
    [InlineData("checkout-42", "Root=1-67891233-abcdef012345678912345678", "checkout-42")]
    [InlineData(null, "Self=1-x;Root=1-67891233-abcdef012345678912345678;Parent=1", "1-67891233-abcdef012345678912345678")]
    [InlineData("a b", "Root=1-67891233-abcdef012345678912345678", "1-67891233-abcdef012345678912345678")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x", "Root=1-a", "1-a")]
    public async Task The_clients_id_counts_if_it_is_one_and_goes_on_to_the_services_that_are_called(string? sent, string trace, string expected)
    {
        var seen = new Recorder();
        using var http = new HttpClient(new TracePropagation(seen));
        await using var function = await Functions.StartAsync(f => f.Map("/call", async context =>
        {
            using var answer = await http.GetAsync(new Uri("http://other.example/"), context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
        }));
        (string, string)[] headers = sent is null ? [("X-Amzn-Trace-Id", trace)] : [("X-Amzn-Trace-Id", trace), ("X-Correlation-Id", sent)];

        using var answered = await function.SendAsync(HttpMethod.Get, "/call", null, headers);

        Assert.Equal(expected, Assert.Single(answered.Headers.GetValues("X-Correlation-Id")));
        Assert.Equal([expected], seen.Ids);
    }

    [Fact]
    public async Task Without_id_and_trace_the_request_names_itself()
    {
        await using var function = await Functions.StartAsync();

        using var answered = await function.SendAsync(HttpMethod.Get, "/things/1");

        Assert.Matches("^[A-Za-z0-9._-]{1,64}$", Assert.Single(answered.Headers.GetValues("X-Correlation-Id")));
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public List<string> Ids { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Ids.Add(string.Join('|', request.Headers.GetValues("X-Correlation-Id")));
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
