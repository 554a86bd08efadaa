using System.Net;
using Shop.Carts;
using Shop.Rehearsal.Supervision;
using Shop.Testing;
using Shop.Testing.Engines;

namespace Shop.Functions.Tests.Carts;

public sealed class WhenTheCartsTableIsAway
{
    [Theory]
    [InlineData("GET", "/carts/c", null)]
    [InlineData("GET", "/carts/c/items/a", null)]
    [InlineData("POST", "/carts/c/items", """{"itemId":"a","quantity":1,"unitPrice":1}""")]
    [InlineData("PATCH", "/carts/c/items", """{"itemId":"a","quantity":1}""")]
    [InlineData("DELETE", "/carts/c", null)]
    [InlineData("GET", "/carts/health", null)]
    public async Task The_answer_says_try_again(string method, string path, string? body)
    {
        // Leased, so that nobody else listens there meanwhile.
        using var port = PortAllocator.Shared.Lease();
        await using var function = await StartAsync(new Uri($"http://127.0.0.1:{port.Port}"));

        using var answer = await function.SendAsync(new HttpMethod(method), path, body);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        if (!path.EndsWith("health", StringComparison.Ordinal))
        {
            Assert.Equal("2", answer.Headers.GetValues("Retry-After").Single());
        }
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_unavailable_too()
    {
        await using var function = await StartAsync((await TestEngines.DynaliteAsync()).Endpoint);

        using var answer = await function.SendAsync(HttpMethod.Get, "/carts/c");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task The_function_itself_is_still_well()
    {
        using var port = PortAllocator.Shared.Lease();
        await using var function = await StartAsync(new Uri($"http://127.0.0.1:{port.Port}"));

        using var answer = await function.SendAsync(HttpMethod.Get, "/carts/health?shallow=true");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static Task<FunctionDriver> StartAsync(Uri endpoint) => FunctionDriver.StartAsync(
        (api, stop) => CartsFunction.RunAsync(api, CartsUnderTest.Environment(endpoint, "no-such-table"), stop));
}
