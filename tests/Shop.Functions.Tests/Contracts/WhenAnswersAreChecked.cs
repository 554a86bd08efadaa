using System.Net;
using System.Text;
using Shop.Carts;
using Shop.Functions.Tests.Carts;
using Shop.Testing;
using Shop.Testing.OpenApi;

namespace Shop.Functions.Tests.Contracts;

/// <summary>The check that every component test relies on: what is right passes, and everything that may be wrong is caught by name.</summary>
public sealed class WhenAnswersAreChecked : IAsyncLifetime
{
    private const string Line = """{"itemId":"watch","quantity":2,"unitPrice":38500}""";
    private const string NotFound = """{"type":"urn:shop:problem:not-found","title":"Not found.","status":404}""";
    private ApiContract _contract = null!;

    public async ValueTask InitializeAsync()
    {
        await using var function = await FunctionDriver.StartAsync(
            (api, stop) => CartsFunction.RunAsync(api, CartsUnderTest.Environment(new Uri("http://127.0.0.1:1"), "carts"), stop));
        using var document = await function.SendAsync(HttpMethod.Get, "/carts/openapi.json");
        _contract = ApiContract.Parse(await document.ReadTextAsync());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("GET", "/carts/ann/items/watch", "", 200, Line)]
    [InlineData("GET", "/carts/ann/items/watch/", "", 200, Line)]
    [InlineData("GET", "/carts/ann/items/watch", "", 404, NotFound)]
    [InlineData("GET", "/carts/ann/pockets", "", 404, NotFound)]
    [InlineData("PATCH", "/carts/ann/items", """{"itemId":"watch","quantity":2}""", 202, Line)]
    [InlineData("PATCH", "/carts/ann/items", """{"itemId":"watch","quantity":2,"color":"red"}""", 202, Line)]
    [InlineData("DELETE", "/carts/ann/items/watch", "", 202, "")]
    [InlineData("DELETE", "/carts/health", "", 202, """{"customerId":"health","items":[]}""")]
    public void What_is_described_passes(string method, string path, string request, int status, string answer) =>
        Assert.Empty(_contract.Check(Exchange(method, path, request, status, answer)));

    [Theory]
    [InlineData("GET", "/carts/ann/items/watch", "", 200, """{"itemId":"watch","quantity":2}""", "unitPrice")]
    [InlineData("GET", "/carts/ann/items/watch", "", 200, """{"itemId":"watch","quantity":2,"unitPrice":385.5}""", "body/unitPrice")]
    [InlineData("GET", "/carts/ann/items/watch", "", 200, """{"itemId":"watch","quantity":"2","unitPrice":38500}""", "body/quantity")]
    [InlineData("GET", "/carts/ann/items/watch", "", 200, """{"itemId":"watch","quantity":0,"unitPrice":38500}""", "body/quantity")]
    [InlineData("GET", "/carts/ann/items/watch", "", 200, """{"itemId":null,"quantity":2,"unitPrice":38500}""", "body/itemId")]
    [InlineData("GET", "/carts/ann/items/watch", "", 200, """{"itemId":"watch","quantity":2,"unitPrice":38500,"change":"x"}""", "body/change")]
    [InlineData("GET", "/carts/ann", "", 200, """{"customerId":"ann","items":[{"itemId":"watch","quantity":2,"unitPrice":1,"secret":1}]}""", "body/items/0/secret")]
    [InlineData("GET", "/carts/ann/items/watch", "", 200, "", "content type (none)")]
    [InlineData("GET", "/carts/ann/items/watch", "", 200, "watch", "body is not JSON")]
    [InlineData("GET", "/carts/ann/items/watch", "", 201, Line, "status 201")]
    [InlineData("GET", "/carts/ann/items/watch", "", 500, NotFound, "status 500")]
    [InlineData("GET", "/carts/ann/items/watch", "", 404, """{"type":"urn:shop:problem:lost","title":"Lost.","status":404}""", "body/type")]
    [InlineData("DELETE", "/carts/ann/items/watch", "", 202, Line, "the document has none")]
    [InlineData("GET", "/carts/ann/pockets", "", 200, Line, "does not know the path")]
    [InlineData("PUT", "/carts/ann/items", Line, 202, Line, "does not know the path or the method: 405")]
    [InlineData("PATCH", "/carts/ann/items", """{"itemId":"watch"}""", 202, Line, "accepted with request")]
    [InlineData("PATCH", "/carts/ann/items", """{"itemId":"watch","quantity":null}""", 202, Line, "accepted with request/quantity")]
    [InlineData("POST", "/carts/ann/items", """{"itemId":"a:b","quantity":1,"unitPrice":1}""", 201, Line, "accepted with request/itemId")]
    [InlineData("GET", "/carts/a:b", "", 200, """{"customerId":"a:b","items":[]}""", "accepted with parameter customerId")]
    [InlineData("POST", "/carts/ann/merge", "", 202, """{"customerId":"ann","items":[]}""", "accepted without parameter sessionId")]
    public void What_is_not_described_is_caught_and_named(string method, string path, string request, int status, string answer, string violation) =>
        Assert.Contains(_contract.Check(Exchange(method, path, request, status, answer)), v => v.Contains(violation, StringComparison.Ordinal));

    [Theory]
    [InlineData("X-Region", null, "header X-Region is missing")]
    [InlineData("X-Region", "here", "header X-Region: 'here'")]
    [InlineData("X-Powered-By", "hamsters", "header X-Powered-By is not in the document")]
    [InlineData("Content-Type", "text/html", "content type text/html")]
    public void A_wrong_header_is_caught_and_named(string name, string? value, string violation)
    {
        var right = Exchange("GET", "/carts/ann/items/watch", "", 200, Line);
        var headers = new Dictionary<string, string>(right.Headers);
        headers.Remove(name);
        if (value is not null)
        {
            headers[name] = value;
        }

        Assert.Contains(_contract.Check(right with { Headers = headers }), v => v.Contains(violation, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_test_that_gets_a_wrong_answer_fails_and_says_which()
    {
        await using var function = await FunctionDriver.StartAsync(
            (api, stop) => CartsFunction.RunAsync(api, CartsUnderTest.Environment(new Uri("http://127.0.0.1:1"), "carts"), stop));
        using var tampered = new HttpClient(new ContractHandler(new Tampering(function.Http))) { BaseAddress = new Uri("http://localhost") };

        var failure = await Assert.ThrowsAsync<ContractViolationException>(() => tampered.GetAsync("/carts/health?shallow=true", TestContext.Current.CancellationToken));

        Assert.Contains("GET /carts/health?shallow=true answered 200", failure.Message, StringComparison.Ordinal);
        Assert.Contains("- body/mood: ", failure.Message, StringComparison.Ordinal);
    }

    private static Exchange Exchange(string method, string path, string request, int status, string answer)
    {
        var headers = new Dictionary<string, string> { ["X-Region"] = "us-east-1", ["X-Correlation-Id"] = "page-1" };
        if (answer.Length > 0)
        {
            headers["Content-Type"] = status < 400 ? "application/json; charset=utf-8" : "application/problem+json";
        }

        if (status == 201)
        {
            headers["Location"] = "/carts/ann/items/watch";
        }

        return new Exchange(
            method, path, "", new Dictionary<string, string>(), Encoding.UTF8.GetBytes(request), status, headers, Encoding.UTF8.GetBytes(answer));
    }

    /// <summary>Adds a field to the answers of a real function.</summary>
    private sealed class Tampering(HttpClient function) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await function.GetAsync(request.RequestUri, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK && text.StartsWith("{\"status\"", StringComparison.Ordinal))
            {
                answer.Content = new StringContent("{\"mood\":\"fine\"," + text[1..], Encoding.UTF8, "application/json");
            }

            return answer;
        }
    }
}
